// Written by packages/console/generate-types.mjs from /openapi.json; do not edit.

export interface paths {
    "/api/v2/classify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List classify jobs, newest first */
        get: operations["listClassifyJobs"];
        put?: never;
        /**
         * Classify a document
         * @description Answers at once with a job that is worked on later. With the header `Prefer: wait=N` the answer is held back until the job has ended, at most N seconds.
         */
        post: operations["createClassifyJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/classify/{job_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a classify job */
        get: operations["getClassifyJob"];
        put?: never;
        post?: never;
        /** Delete a classify job that has ended */
        delete: operations["deleteClassifyJob"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/classify/{job_id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Cancel a classify job that has not ended */
        post: operations["cancelClassifyJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/beta/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List files */
        get: operations["listFiles"];
        put?: never;
        /** Upload a file */
        post: operations["createFile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/beta/files/{file_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a file: what is known of it, not its bytes */
        get: operations["getFile"];
        put?: never;
        post?: never;
        /** Delete a file; with the last one of a content also what was read of it */
        delete: operations["deleteFile"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/beta/files/query": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * List files, the old way
         * @deprecated
         */
        post: operations["queryFiles"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/beta/files/{file_id}/content": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a URL by which the bytes of a file can be had for a while */
        get: operations["getFileContent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/local/files/{file_id}/download": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the bytes of a file by the URL that was made for that; needs no API key */
        get: operations["downloadFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/beta/configurations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List saved configurations, newest first */
        get: operations["listConfigurations"];
        put?: never;
        /** Save a configuration; one of the same product type and name is updated and keeps its id */
        post: operations["saveConfiguration"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/beta/configurations/{configuration_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a saved configuration */
        get: operations["getConfiguration"];
        /** Change a saved configuration; jobs that were made of it keep theirs */
        put: operations["updateConfiguration"];
        post?: never;
        /** Delete a saved configuration; jobs that were made of it keep theirs */
        delete: operations["deleteConfiguration"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/parse": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Read a file */
        post: operations["createParseJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/parse/upload": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Upload a file and read it */
        post: operations["createParseJobFromUpload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/parse/{job_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a parse job, and with `expand` what it read */
        get: operations["getParseJob"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List projects */
        get: operations["listProjectsV1"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/projects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List projects */
        get: operations["listProjectsV2"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/projects/{project_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a project */
        get: operations["getProjectV1"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v2/projects/{project_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a project */
        get: operations["getProjectV2"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/beta/webhook-configs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the webhook configurations of a project, newest first */
        get: operations["listWebhookConfigs"];
        put?: never;
        /** Save a webhook configuration, for jobs to name by its id */
        post: operations["createWebhookConfig"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/v1/beta/webhook-configs/{webhook_config_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a webhook configuration */
        get: operations["getWebhookConfig"];
        /** Change a webhook configuration; what is still to be delivered goes by the new one */
        put: operations["updateWebhookConfig"];
        post?: never;
        /** Delete a webhook configuration; nothing is delivered to it any more */
        delete: operations["deleteWebhookConfig"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/local/classify/{job_id}/explanation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What stands behind the answer of a completed job: ranking, evidence, pages, timings */
        get: operations["explainClassifyJob"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/local/webhook-deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List webhook deliveries with every attempt, newest event first */
        get: operations["listWebhookDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/local/score": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Classify a file at once, ahead of all jobs, without making one
         * @description Pages that were read before are not read again. The work ends when the connection does, and when a newer request has the same `page_id`.
         */
        post: operations["scoreFile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/local/lint": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Say what could be better about rules, without a document */
        post: operations["lintRules"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/local/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Upload a file that is deleted after a day
         * @description As `POST /api/v1/beta/files`; `expires_at` says when. A shorter `retention.files` holds.
         */
        post: operations["createTrialFile"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/local/files/{file_id}/pages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was read of a file so far, page by page */
        get: operations["getFilePages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/local/files/{file_id}/pages/{page}/image": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A page as a picture: of PDF and of pictures, also of those that browsers lack */
        get: operations["getPageImage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/local/samples": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A rule set and documents to try it on */
        get: operations["getSamples"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/local/samples/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A document to try rules on */
        get: operations["getSample"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/local/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What happens to the jobs of a project, as server-sent events
         * @description A stream without end. `job`: a job is new or in another state; its data is a `JobEvent`. `job_deleted`: `{"id"}`. `reset`: something happened that is not told one by one; ask for the list again. `ready`: from here on everything is told. A comment every 15 seconds says that the stream lives. With `Last-Event-ID` it goes on where a former one broke off, or begins with `reset` when that is too long ago. Readers that do not keep up are dropped.
         */
        get: operations["watchJobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/local/state": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What this server works with: engine, models, knowledge, OCR, queue, workers, disk */
        get: operations["getState"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/local/runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the runs of docket bench in the folder that the server was given */
        get: operations["listRuns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/local/runs/compare": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Say what changed between two runs, from a to b */
        get: operations["compareRuns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/local/runs/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a run of docket bench with its documents */
        get: operations["getRun"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the server answers */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the server answers */
        get: operations["getLiveness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the server can do its work: database, disk space, engine */
        get: operations["getReadiness"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Measurements in the text format of Prometheus */
        get: operations["getMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        JobEvent: {
            id: string;
            /** @enum {string} */
            status: "PENDING" | "RUNNING" | "COMPLETED" | "FAILED" | "CANCELLED";
            type: string | null;
            confidence: number | null;
            error_message: string | null;
            file_id: string | null;
            /** @description Null when the file was deleted. */
            file_name: string | null;
            configuration_id: string | null;
            /**
             * Format: date-time
             * @example 2026-11-23T10:00:00.123456Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @example 2026-11-23T10:00:00.123456Z
             */
            updated_at: string;
        };
        ClassifyJob: {
            /** @example clj-7d0e2a54-1f0a-4c58-8a3e-3b1b7a0f3c21 */
            id: string;
            /**
             * Format: date-time
             * @example 2026-11-23T10:00:00.123456Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @example 2026-11-23T10:00:00.123456Z
             */
            updated_at: string;
            /** @description The input, as it was given. */
            file_input: string;
            project_id: string;
            user_id: string;
            /** @enum {string} */
            status: "PENDING" | "RUNNING" | "COMPLETED" | "FAILED" | "CANCELLED";
            /** @enum {string} */
            document_input_type: "file_id" | "parse_job_id" | "url";
            configuration: components["schemas"]["ClassifyConfiguration"];
            /** @description Only when COMPLETED. */
            result: components["schemas"]["ClassifyResult"] | null;
            /** @description Only when FAILED. */
            error_message: string | null;
            configuration_id: string | null;
            transaction_id: string | null;
            /** @description The reading behind the answer: give it as `file_input` to reuse it. */
            parse_job_id: string | null;
        };
        ClassifyConfiguration: {
            rules: components["schemas"]["ClassifyRule"][];
            /** @enum {string} */
            mode: "FAST";
            parsing_configuration: {
                lang: string;
                target_pages: string | null;
                max_pages: number | null;
            } | null;
        };
        ClassifyRule: {
            type: string;
            description: string;
        };
        ClassifyResult: {
            /** @description The type of the rule that matched; null when none did. */
            type: string | null;
            /** @description Calibrated. For `type: null` that of the best rejected rule: a high number always means sure of a label. */
            confidence: number;
            /** @description Why, quoting the page. */
            reasoning: string;
        };
        Error: {
            detail: string;
        };
        ValidationError: {
            detail: {
                type: string;
                loc: (string | number)[];
                msg: string;
                input?: unknown;
                ctx?: {
                    [key: string]: unknown;
                };
            }[];
        };
        CreateClassifyJob: {
            /** @description A file (`dfl-...`) or a parse job (`pjb-...`). */
            file_input?: string | null;
            /** @description Needed unless `configuration_id` is given; wins over it. */
            configuration?: {
                /** @description Rules of equal type are alternatives for one label. */
                rules: components["schemas"]["ClassifyRuleInput"][];
                /**
                 * @default FAST
                 * @enum {string}
                 */
                mode: "FAST";
                /** @default null */
                parsing_configuration: {
                    /**
                     * @description ISO 639-1. A hint: the language is detected.
                     * @default en
                     */
                    lang: string;
                    /**
                     * @description The first so many pages.
                     * @default null
                     */
                    max_pages: number | null;
                    /**
                     * @description Pages and ranges, 1-based, such as `1,3,5-7`. Wins over `max_pages`.
                     * @default null
                     */
                    target_pages: string | null;
                } | null;
            } | null;
            /** @description A saved configuration of product type classify_v2. */
            configuration_id?: string | null;
            /**
             * @deprecated
             * @description Old spelling of `file_input`.
             */
            file_id?: string | null;
            /**
             * @deprecated
             * @description Old spelling of `file_input`.
             */
            parse_job_id?: string | null;
            /** @description Makes a repeated request harmless: while a job of the project has it, that job is the answer. */
            transaction_id?: string | null;
            /** @description Where events of the job are delivered, if the server allows the host. */
            webhook_configurations?: components["schemas"]["WebhookConfiguration"][] | null;
            /** @description Saved webhook configurations to deliver to as well. */
            webhook_configuration_ids?: string[] | null;
        };
        ClassifyRuleInput: {
            /** @description The label that a matching document gets, byte for byte. */
            type: string;
            /** @description What such a document is and what stands on it. */
            description: string;
        };
        WebhookConfiguration: {
            webhook_url?: string | null;
            webhook_headers?: {
                [key: string]: string;
            } | null;
            webhook_events?: string[] | null;
            webhook_output_format?: string | null;
            webhook_signing_secret?: string | null;
        };
        ClassifyJobPage: {
            items: components["schemas"]["ClassifyJob"][];
            /** @description Give it as `page_token` to get the next part; null on the last. */
            next_page_token: string | null;
            /** @description Items of the whole list. */
            total_size: number | null;
        };
        DeletedClassifyJob: {
            id: string;
            project_id: string;
        };
        File: {
            /** @example dfl-2f1c0c7e-5b1f-4c39-9a55-0d2c1f1f7a10 */
            id: string;
            name: string;
            project_id: string;
            external_file_id: string | null;
            /** @description Extension of the name, without its dot. */
            file_type: string | null;
            /**
             * Format: date-time
             * @example 2026-11-23T10:00:00.123456Z
             */
            last_modified_at: string | null;
            /**
             * Format: date-time
             * @description When it will be deleted; null: never.
             * @example 2026-11-23T10:00:00.123456Z
             */
            expires_at: string | null;
            purpose: string | null;
            /** @description Only with `expand=download_url`. */
            download_url: components["schemas"]["PresignedUrl"] | null;
        };
        PresignedUrl: {
            /**
             * Format: uri
             * @description Absolute; works without an API key until it expires.
             */
            url: string;
            /**
             * Format: date-time
             * @example 2026-11-23T10:00:00.123456Z
             */
            expires_at: string;
            form_fields: {
                [key: string]: string;
            } | null;
        };
        FileForm: {
            /** Format: binary */
            file: string;
            /** @description Any text, such as `classify`. Kept. */
            purpose: string;
            /** @description An id of your own, by which files can be listed. */
            external_file_id?: string;
        };
        FilePage: {
            items: components["schemas"]["File"][];
            /** @description Give it as `page_token` to get the next part; null on the last. */
            next_page_token: string | null;
            /** @description Items of the whole list. */
            total_size: number | null;
        };
        QueryFiles: {
            filter?: {
                project_id?: string | null;
                file_ids?: string[] | null;
                file_name?: string | null;
                /** @description There are no data sources: with one, nothing is found. */
                data_source_id?: string | null;
                external_file_id?: string | null;
                /** @description Without effect: all files are. */
                only_manually_uploaded?: boolean | null;
            } | null;
            /** @description `name` or `id` (ascending) or `created_at` (descending); `name desc` is taken, too. */
            order_by?: string | null;
            page_size?: number | null;
            page_token?: string | null;
        };
        SavedConfiguration: {
            /** @example cfg-0b1d3c58-64a5-4d0e-9b8f-2f6a7c1e5d90 */
            id: string;
            name: string;
            product_type: string;
            /** @description Changes with every update. */
            version: string;
            parameters: components["schemas"]["ClassifyParameters"] | components["schemas"]["OtherParameters"];
            /**
             * Format: date-time
             * @example 2026-11-23T10:00:00.123456Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @example 2026-11-23T10:00:00.123456Z
             */
            updated_at: string;
        };
        ClassifyParameters: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            product_type: "classify_v2";
            rules: components["schemas"]["ClassifyRule"][];
            /** @enum {string} */
            mode: "FAST";
            parsing_configuration: {
                lang: string;
                target_pages: string | null;
                max_pages: number | null;
            } | null;
        };
        OtherParameters: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            product_type: "extract_v2" | "parse_v2" | "split_v1" | "spreadsheet_v1" | "unknown";
        } & {
            [key: string]: unknown;
        };
        SaveConfiguration: {
            name: string;
            parameters: components["schemas"]["ClassifyParametersInput"] | components["schemas"]["OtherParameters"];
        };
        ClassifyParametersInput: {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            product_type: "classify_v2";
            /** @description Rules of equal type are alternatives for one label. */
            rules: components["schemas"]["ClassifyRuleInput"][];
            /**
             * @default FAST
             * @enum {string}
             */
            mode: "FAST";
            /** @default null */
            parsing_configuration: {
                /**
                 * @description ISO 639-1. A hint: the language is detected.
                 * @default en
                 */
                lang: string;
                /**
                 * @description The first so many pages.
                 * @default null
                 */
                max_pages: number | null;
                /**
                 * @description Pages and ranges, 1-based, such as `1,3,5-7`. Wins over `max_pages`.
                 * @default null
                 */
                target_pages: string | null;
            } | null;
        };
        SavedConfigurationPage: {
            items: components["schemas"]["SavedConfiguration"][];
            /** @description Give it as `page_token` to get the next part; null on the last. */
            next_page_token: string | null;
            /** @description Items of the whole list. */
            total_size: number | null;
        };
        UpdateConfiguration: {
            name?: string | null;
            parameters?: components["schemas"]["ClassifyParametersInput"] | components["schemas"]["OtherParameters"] | null;
        };
        ParseJob: {
            /** @example pjb-4c2d9a10-0f5e-4b1c-8d3a-7e6f5a4b3c21 */
            id: string;
            project_id: string;
            /** @enum {string} */
            status: "PENDING" | "RUNNING" | "COMPLETED" | "FAILED" | "CANCELLED";
            /**
             * Format: date-time
             * @example 2026-11-23T10:00:00.123456Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @example 2026-11-23T10:00:00.123456Z
             */
            updated_at: string;
            /** @description Only when FAILED. */
            error_message: string | null;
            /** @description Null once its document was deleted. */
            name: string | null;
            tier: string | null;
            /** @description Only with `expand=usage`. */
            usage: {
                credits: number | null;
            } | null;
            user_metadata: {
                [key: string]: string;
            } | null;
        };
        CreateParseJob: {
            /**
             * @description Kept; every tier reads the same way.
             * @enum {string}
             */
            tier: "fast" | "cost_effective" | "agentic" | "agentic_plus";
            /** @description Without effect; `latest` is as good as any. */
            version: string;
            page_ranges?: {
                /**
                 * @description The first so many pages.
                 * @default null
                 */
                max_pages: number | null;
                /**
                 * @description Pages and ranges, 1-based, such as `1,3,5-7`. Wins over `max_pages`.
                 * @default null
                 */
                target_pages: string | null;
            } | null;
            file_id?: string | null;
            /** @description Refused: this server is offline. */
            source_url?: string | null;
        };
        ParseForm: {
            /** Format: binary */
            file: string;
            /** @description As for a parse job without a file, as JSON. */
            configuration: string;
        };
        ParseResult: {
            job: components["schemas"]["ParseJob"];
            text: {
                pages: {
                    page_number: number;
                    text: string;
                }[];
            } | null;
            text_full: string | null;
            markdown: {
                pages: {
                    page_number: number;
                    markdown: string;
                    /** @enum {boolean} */
                    success: true;
                }[];
            } | null;
            markdown_full: string | null;
            metadata: {
                pages: {
                    page_number: number;
                    confidence: null;
                    cost_optimized: null;
                    original_orientation_angle: null;
                    printed_page_number: null;
                    slide_section_name: null;
                    speaker_notes: null;
                    triggered_auto_mode: null;
                }[];
                document: null;
            } | null;
            job_metadata: {
                page_count: number;
                pages_read: number[];
                reader: string;
            } | null;
            items: null;
            forms: null;
            raw_parameters: null;
            images_content_metadata: null;
            result_content_metadata: null;
        };
        Project: {
            id: string;
            name: string;
            organization_id: string;
            is_default: boolean;
            /**
             * Format: date-time
             * @example 2026-11-23T10:00:00.123456Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @example 2026-11-23T10:00:00.123456Z
             */
            updated_at: string;
        };
        ProjectPage: {
            items: components["schemas"]["Project"][];
            /** @description Give it as `page_token` to get the next part; null on the last. */
            next_page_token: string | null;
            /** @description Items of the whole list. */
            total_size: number | null;
        };
        WebhookConfig: {
            /** @example whc-4f0d3a52-7c1e-4b5f-9a39-6d2e8f0b1c73 */
            id: string;
            has_secret: boolean;
            /** @description The project. */
            tenant_id: string;
            /** @enum {string} */
            tenant_type: "project";
            /** @description A password in it is answered as `********`; given back like that, it stays as it is. */
            webhook_url: string;
            webhook_events: string[] | null;
            /** @description Values of headers that carry credentials are answered as `********`; given back like that, they stay as they are. */
            webhook_headers: {
                [key: string]: string;
            } | null;
            /** @enum {string} */
            webhook_output_format: "json" | "string";
            /**
             * Format: date-time
             * @example 2026-11-23T10:00:00.123456Z
             */
            created_at: string;
            /**
             * Format: date-time
             * @example 2026-11-23T10:00:00.123456Z
             */
            updated_at: string;
        };
        CreateWebhookConfig: {
            webhook_url: string;
            webhook_headers?: {
                [key: string]: string;
            } | null;
            /** @description Null: all events. */
            webhook_events?: ("unmapped_event" | "batch.cancelled" | "batch.error" | "batch.pending" | "batch.running" | "batch.success" | "classify.cancelled" | "classify.error" | "classify.partial_success" | "classify.pending" | "classify.running" | "classify.success" | "extract.cancelled" | "extract.error" | "extract.partial_success" | "extract.pending" | "extract.success" | "parse.cancelled" | "parse.error" | "parse.partial_success" | "parse.pending" | "parse.running" | "parse.success" | "sheets.cancelled" | "sheets.error" | "sheets.partial_success" | "sheets.pending" | "sheets.success" | "split.cancelled" | "split.error" | "split.pending" | "split.processing" | "split.success")[] | null;
            /** @enum {string|null} */
            webhook_output_format?: "json" | "string" | null;
            /** @description Never answered. */
            webhook_signing_secret?: string | null;
        };
        WebhookConfigList: components["schemas"]["WebhookConfig"][];
        UpdateWebhookConfig: {
            webhook_url?: string | null;
            webhook_headers?: {
                [key: string]: string;
            } | null;
            /** @description Null: all events. */
            webhook_events?: ("unmapped_event" | "batch.cancelled" | "batch.error" | "batch.pending" | "batch.running" | "batch.success" | "classify.cancelled" | "classify.error" | "classify.partial_success" | "classify.pending" | "classify.running" | "classify.success" | "extract.cancelled" | "extract.error" | "extract.partial_success" | "extract.pending" | "extract.success" | "parse.cancelled" | "parse.error" | "parse.partial_success" | "parse.pending" | "parse.running" | "parse.success" | "sheets.cancelled" | "sheets.error" | "sheets.partial_success" | "sheets.pending" | "sheets.success" | "split.cancelled" | "split.error" | "split.pending" | "split.processing" | "split.success")[] | null;
            /** @enum {string|null} */
            webhook_output_format?: "json" | "string" | null;
            /** @description Never answered. */
            webhook_signing_secret?: string | null;
        };
        ClassifyExplanation: {
            job_id: string;
            ranking: {
                type: string;
                confidence: number;
            }[];
            /** @description The best few labels and what speaks for each. */
            labels: components["schemas"]["LabelExplanation"][];
            /** @description The document type that no rule asks for and that fits best. */
            background: {
                document_type: string;
                evidence: components["schemas"]["Evidence"][];
            } | null;
            /** @description Confidence under which no rule is taken. */
            floor: number;
            /** @description Lead that the best rule must have. */
            margin: number;
            /** @description The file of the server whose thresholds held; null: the own ones of the engine. */
            tuning: {
                file: string;
                /** @description Hash of the rules that it holds for. */
                rules: string;
            } | null;
            language: string;
            format: string;
            title: string | null;
            pages: {
                total: number;
                selected: number[];
                read: number[];
            };
            /** @description Pages that were read by OCR, and how sure that was of its words, 0 to 100. */
            ocr: {
                page: number;
                confidence: number;
            }[];
            scorer: string;
            /** @description Where a worker of another version, or with other models or knowledge, answered than the server that accepted the job: both identities. */
            other_engine: {
                answered: string;
                expected: string;
            } | null;
            /** @description In milliseconds. */
            timings: {
                read_ms: number;
                score_ms: number;
            };
            /** @description Whether the pages came from an earlier reading of the same content. */
            is_recalled: boolean;
        };
        LabelExplanation: {
            type: string;
            confidence: number;
            document_type: string | null;
            layout: string[];
            evidence: components["schemas"]["Evidence"][];
        };
        Evidence: {
            /**
             * @description Words that the rule or a document type asks for, or a passage that is near to the rule in meaning.
             * @enum {string}
             */
            kind: "words" | "passage";
            /** @description 1-based; 0 is the title from the metadata. */
            page: number;
            /** @description Offset into the text of the page, in UTF-16 units. */
            start: number;
            end: number;
            quote: string;
            /** @description Where it stands, a box for each line. Empty in formats without pages, and when what was read is not kept. */
            boxes: components["schemas"]["Box"][];
            /** @description Whose cue it is; null otherwise. */
            document_type: string | null;
            weight: number;
        };
        /** @description In shares of the width and height of the page as it is shown, from its top left. */
        Box: {
            x: number;
            y: number;
            width: number;
            height: number;
        };
        WebhookDeliveryPage: {
            items: components["schemas"]["WebhookDelivery"][];
            /** @description Give it as `page_token` to get the next part; null on the last. */
            next_page_token: string | null;
            /** @description Items of the whole list. */
            total_size: number | null;
        };
        WebhookDelivery: {
            /** @description Also `event_id` and `webhook-id`: the same at every attempt. */
            id: string;
            job_id: string;
            /** @enum {string} */
            event: "classify.pending" | "classify.running" | "classify.success" | "classify.error" | "classify.cancelled";
            /** @description Without its query and password; null when the webhook configuration was deleted. */
            url: string | null;
            /**
             * @description `FAILED`: given up. `GONE`: the receiver answered 410.
             * @enum {string}
             */
            status: "PENDING" | "DELIVERED" | "FAILED" | "GONE";
            /**
             * Format: date-time
             * @example 2026-11-23T10:00:00.123456Z
             */
            occurred_at: string;
            next_attempt_at: string | null;
            attempts: components["schemas"]["WebhookAttempt"][];
        };
        WebhookAttempt: {
            /**
             * Format: date-time
             * @example 2026-11-23T10:00:00.123456Z
             */
            started_at: string;
            duration_ms: number;
            /** @description Null when no answer came. */
            status_code: number | null;
            /** @description Null when it was delivered. */
            error: string | null;
        };
        ScoreResult: {
            result: {
                type: string | null;
                confidence: number;
                reasoning: string;
            };
            explanation: components["schemas"]["ScoreExplanation"];
        };
        ScoreExplanation: {
            ranking: {
                type: string;
                confidence: number;
            }[];
            /** @description The best few labels and what speaks for each. */
            labels: components["schemas"]["LabelExplanation"][];
            /** @description The document type that no rule asks for and that fits best. */
            background: {
                document_type: string;
                evidence: components["schemas"]["Evidence"][];
            } | null;
            /** @description Confidence under which no rule is taken. */
            floor: number;
            /** @description Lead that the best rule must have. */
            margin: number;
            /** @description The file of the server whose thresholds held; null: the own ones of the engine. */
            tuning: {
                file: string;
                /** @description Hash of the rules that it holds for. */
                rules: string;
            } | null;
            language: string;
            format: string;
            title: string | null;
            pages: {
                total: number;
                selected: number[];
                read: number[];
            };
            /** @description Pages that were read by OCR, and how sure that was of its words, 0 to 100. */
            ocr: {
                page: number;
                confidence: number;
            }[];
            scorer: string;
            /** @description Where a worker of another version, or with other models or knowledge, answered than the server that accepted the job: both identities. */
            other_engine: {
                answered: string;
                expected: string;
            } | null;
            /** @description In milliseconds. */
            timings: {
                read_ms: number;
                score_ms: number;
            };
            /** @description Whether the pages came from an earlier reading of the same content. */
            is_recalled: boolean;
        };
        Score: {
            /** @description A file (`dfl-...`). */
            file_id: string;
            /** @description As for a classify job. */
            configuration: {
                /** @description Rules of equal type are alternatives for one label. */
                rules: components["schemas"]["ClassifyRuleInput"][];
                /**
                 * @default FAST
                 * @enum {string}
                 */
                mode: "FAST";
                /** @default null */
                parsing_configuration: {
                    /**
                     * @description ISO 639-1. A hint: the language is detected.
                     * @default en
                     */
                    lang: string;
                    /**
                     * @description The first so many pages.
                     * @default null
                     */
                    max_pages: number | null;
                    /**
                     * @description Pages and ranges, 1-based, such as `1,3,5-7`. Wins over `max_pages`.
                     * @default null
                     */
                    target_pages: string | null;
                } | null;
            };
            /** @description Any text that the caller made up for itself. A newer request with the same one ends the older, which is answered 409; give documents that are scored side by side different ones. */
            page_id?: string | null;
        };
        LintResult: {
            findings: components["schemas"]["LintFinding"][];
        };
        LintFinding: {
            /** @example vague-description */
            id: string;
            /** @enum {string} */
            severity: "warning" | "advice";
            /** @description Indexes into the rules. */
            rules: number[];
            /** @description Words of the rules that it is about. */
            words: string[];
            message: string;
            advice: string;
        };
        LintRules: {
            rules: components["schemas"]["RuleDraft"][];
        };
        RuleDraft: {
            type: string;
            description: string;
        };
        FilePages: {
            file_id: string;
            /**
             * @description Null: nothing was read of it yet.
             * @enum {string|null}
             */
            format: "pdf" | "docx" | "pptx" | "xlsx" | "html" | "txt" | "md" | "csv" | "json" | "eml" | "rtf" | "png" | "jpeg" | "tiff" | "webp" | "gif" | "bmp" | null;
            /** @enum {string|null} */
            kind: "pdf" | "image" | "text" | null;
            /** @description From the metadata; page 0 of evidence. */
            title: string | null;
            /** @description Of the whole document. */
            page_count: number | null;
            pages: components["schemas"]["ReadPage"][];
        };
        ReadPage: {
            page: number;
            /**
             * @description How its text was obtained; `none`: it was read and has none; null: it was not read.
             * @enum {string|null}
             */
            read: "text" | "ocr" | "none" | null;
            /** @description What the offsets of evidence lead into. */
            text: string | null;
            /** @description Points, as the page is shown; null in formats without pages. */
            width: number | null;
            height: number | null;
            ocr_confidence: number | null;
        };
        Samples: {
            rules: {
                type: string;
                description: string;
            }[];
            documents: {
                name: string;
                content_type: string;
                url: string;
            }[];
        };
        ServerState: {
            /** @description Version. */
            docket: string;
            node: string;
            /** @example linux x64 */
            machine: string;
            /**
             * Format: date-time
             * @example 2026-11-23T10:00:00.123456Z
             */
            started_at: string;
            engine: {
                /**
                 * @description Of its self-test.
                 * @enum {string}
                 */
                status: "ok" | "starting" | "failed";
                problem: string | null;
                scorer: string;
                /** @description Which scorers and models take part, with their versions. */
                identity: string | null;
                /** @description Whether the calibration was fitted with the model that takes part. */
                is_fitted: boolean | null;
            };
            knowledge: {
                identity: string;
                /** @description Number of document types. */
                types: number;
                languages: string[];
            } | null;
            models: {
                name: string;
                tasks: string[];
                /** @description Why it cannot be used. */
                problem: string | null;
            }[];
            ocr: {
                mode: string;
                engine: string | null;
                languages: {
                    code: string;
                    iso: string | null;
                }[];
                problem: string | null;
            };
            queue: {
                pending: number;
                running: number;
                completed: number;
                failed: number;
                cancelled: number;
                /**
                 * Format: date-time
                 * @example 2026-11-23T10:00:00.123456Z
                 */
                oldest_pending_at: string | null;
                max_pending: number;
                jobs_per_second: number;
            };
            workers: {
                /** @description Documents of jobs at once. */
                processes: number;
                /** @description Processes that were ended or lost so far. */
                restarts: number;
            };
            disk: {
                /** @description Null where nobody can tell: the disk is that of a database. */
                free_bytes: number | null;
                min_free_bytes: number;
            };
            database: {
                kind: string;
            };
            event_streams: number;
        };
        Liveness: {
            /** @enum {string} */
            status: "ok";
        };
        Readiness: {
            /** @enum {string} */
            status: "ok" | "failed" | "starting";
            checks: {
                database: components["schemas"]["ReadinessCheck"];
                disk: components["schemas"]["ReadinessCheck"];
                engine: components["schemas"]["ReadinessCheck"];
            };
        };
        ReadinessCheck: {
            /** @enum {string} */
            status: "ok" | "failed" | "starting";
            reason?: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listClassifyJobs: {
        parameters: {
            query?: {
                /** @description Any text: a project exists as soon as it is named. Without it: the default project. */
                project_id?: string;
                /** @description Accepted, without a meaning here. */
                organization_id?: string;
                /** @description Items at once. Without it: 50. */
                page_size?: number;
                /** @description From the part before. The filters of the first request hold. */
                page_token?: string;
                status?: "PENDING" | "RUNNING" | "COMPLETED" | "FAILED" | "CANCELLED";
                configuration_id?: string;
                /** @description Any of these. */
                job_ids?: string[];
                created_at_on_or_after?: string;
                created_at_on_or_before?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Part of the list */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClassifyJobPage"];
                };
            };
            /** @description The request cannot be carried out as it stands */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Fields of the request are invalid; all of them are listed */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
        };
    };
    createClassifyJob: {
        parameters: {
            query?: {
                /** @description Any text: a project exists as soon as it is named. Without it: the default project. */
                project_id?: string;
                /** @description Accepted, without a meaning here. */
                organization_id?: string;
            };
            header?: {
                prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateClassifyJob"];
            };
        };
        responses: {
            /** @description The job */
            200: {
                headers: {
                    "preference-applied"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClassifyJob"];
                };
            };
            /** @description The request cannot be carried out as it stands */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The request body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The request body is of the wrong media type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Fields of the request are invalid; all of them are listed */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
            /** @description Too much waits already; try again after the time in the headers */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server is not ready, or nothing can be stored just now; try again after the time in the headers */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getClassifyJob: {
        parameters: {
            query?: {
                /** @description Any text: a project exists as soon as it is named. Without it: the default project. */
                project_id?: string;
                /** @description Accepted, without a meaning here. */
                organization_id?: string;
            };
            header?: never;
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClassifyJob"];
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Fields of the request are invalid; all of them are listed */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
        };
    };
    deleteClassifyJob: {
        parameters: {
            query?: {
                /** @description Any text: a project exists as soon as it is named. Without it: the default project. */
                project_id?: string;
                /** @description Accepted, without a meaning here. */
                organization_id?: string;
            };
            header?: never;
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was deleted */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeletedClassifyJob"];
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The present state does not permit it; trying again does not help */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Fields of the request are invalid; all of them are listed */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
            /** @description The server is not ready, or nothing can be stored just now; try again after the time in the headers */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    cancelClassifyJob: {
        parameters: {
            query?: {
                /** @description Any text: a project exists as soon as it is named. Without it: the default project. */
                project_id?: string;
                /** @description Accepted, without a meaning here. */
                organization_id?: string;
            };
            header?: never;
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job, now CANCELLED */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClassifyJob"];
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The present state does not permit it; trying again does not help */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Fields of the request are invalid; all of them are listed */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
            /** @description The server is not ready, or nothing can be stored just now; try again after the time in the headers */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listFiles: {
        parameters: {
            query?: {
                /** @description Any text: a project exists as soon as it is named. Without it: the default project. */
                project_id?: string;
                /** @description Accepted, without a meaning here. */
                organization_id?: string;
                /** @description Items at once. Without it: 50. */
                page_size?: number;
                /** @description From the part before. The filters of the first request hold. */
                page_token?: string;
                /** @description Exact. */
                file_name?: string;
                /** @description Any of these. */
                file_ids?: string[];
                external_file_id?: string;
                /** @description `name` or `id` (ascending) or `created_at` (descending); `name desc` is taken, too. */
                order_by?: string;
                /** @description `download_url`. */
                expand?: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Part of the list */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FilePage"];
                };
            };
            /** @description The request cannot be carried out as it stands */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Fields of the request are invalid; all of them are listed */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
        };
    };
    createFile: {
        parameters: {
            query?: {
                /** @description Any text: a project exists as soon as it is named. Without it: the default project. */
                project_id?: string;
                /** @description Accepted, without a meaning here. */
                organization_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["FileForm"];
            };
        };
        responses: {
            /** @description The file */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["File"];
                };
            };
            /** @description The request cannot be carried out as it stands */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The request body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The request body is of the wrong media type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Fields of the request are invalid; all of them are listed */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
            /** @description Too much waits already; try again after the time in the headers */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server is not ready, or nothing can be stored just now; try again after the time in the headers */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getFile: {
        parameters: {
            query?: {
                /** @description Any text: a project exists as soon as it is named. Without it: the default project. */
                project_id?: string;
                /** @description Accepted, without a meaning here. */
                organization_id?: string;
                /** @description `download_url`. */
                expand?: string[];
            };
            header?: never;
            path: {
                file_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["File"];
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Fields of the request are invalid; all of them are listed */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
        };
    };
    deleteFile: {
        parameters: {
            query?: {
                /** @description Any text: a project exists as soon as it is named. Without it: the default project. */
                project_id?: string;
                /** @description Accepted, without a meaning here. */
                organization_id?: string;
            };
            header?: never;
            path: {
                file_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Fields of the request are invalid; all of them are listed */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
            /** @description The server is not ready, or nothing can be stored just now; try again after the time in the headers */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    queryFiles: {
        parameters: {
            query?: {
                /** @description Any text: a project exists as soon as it is named. Without it: the default project. */
                project_id?: string;
                /** @description Accepted, without a meaning here. */
                organization_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["QueryFiles"];
            };
        };
        responses: {
            /** @description Part of the list */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FilePage"];
                };
            };
            /** @description The request cannot be carried out as it stands */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The request body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The request body is of the wrong media type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Fields of the request are invalid; all of them are listed */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
            /** @description The server is not ready, or nothing can be stored just now; try again after the time in the headers */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getFileContent: {
        parameters: {
            query?: {
                /** @description Any text: a project exists as soon as it is named. Without it: the default project. */
                project_id?: string;
                /** @description Accepted, without a meaning here. */
                organization_id?: string;
                /** @description How long the URL works, in seconds. Without it: 3600. */
                expires_at_seconds?: number;
            };
            header?: never;
            path: {
                file_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The URL */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PresignedUrl"];
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Fields of the request are invalid; all of them are listed */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
        };
    };
    downloadFile: {
        parameters: {
            query?: {
                expires?: string;
                signature?: string;
            };
            header?: never;
            path: {
                file_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The bytes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            /** @description The request comes from where it may not come from */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Fields of the request are invalid; all of them are listed */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
        };
    };
    listConfigurations: {
        parameters: {
            query?: {
                /** @description Any text: a project exists as soon as it is named. Without it: the default project. */
                project_id?: string;
                /** @description Accepted, without a meaning here. */
                organization_id?: string;
                /** @description Items at once. Without it: 50. */
                page_size?: number;
                /** @description From the part before. The filters of the first request hold. */
                page_token?: string;
                /** @description Any of these. */
                product_type?: ("classify_v2" | "extract_v2" | "parse_v2" | "split_v1" | "spreadsheet_v1" | "unknown")[];
                name?: string;
                /** @description Without effect: of each name there is one version. */
                latest_only?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Part of the list */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedConfigurationPage"];
                };
            };
            /** @description The request cannot be carried out as it stands */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Fields of the request are invalid; all of them are listed */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
        };
    };
    saveConfiguration: {
        parameters: {
            query?: {
                /** @description Any text: a project exists as soon as it is named. Without it: the default project. */
                project_id?: string;
                /** @description Accepted, without a meaning here. */
                organization_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SaveConfiguration"];
            };
        };
        responses: {
            /** @description The configuration */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedConfiguration"];
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The request body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The request body is of the wrong media type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Fields of the request are invalid; all of them are listed */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
            /** @description The server is not ready, or nothing can be stored just now; try again after the time in the headers */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getConfiguration: {
        parameters: {
            query?: {
                /** @description Any text: a project exists as soon as it is named. Without it: the default project. */
                project_id?: string;
                /** @description Accepted, without a meaning here. */
                organization_id?: string;
            };
            header?: never;
            path: {
                configuration_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The configuration */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedConfiguration"];
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Fields of the request are invalid; all of them are listed */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
        };
    };
    updateConfiguration: {
        parameters: {
            query?: {
                /** @description Any text: a project exists as soon as it is named. Without it: the default project. */
                project_id?: string;
                /** @description Accepted, without a meaning here. */
                organization_id?: string;
            };
            header?: never;
            path: {
                configuration_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateConfiguration"];
            };
        };
        responses: {
            /** @description The configuration */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SavedConfiguration"];
                };
            };
            /** @description The request cannot be carried out as it stands */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The present state does not permit it; trying again does not help */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The request body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The request body is of the wrong media type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Fields of the request are invalid; all of them are listed */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
            /** @description The server is not ready, or nothing can be stored just now; try again after the time in the headers */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteConfiguration: {
        parameters: {
            query?: {
                /** @description Any text: a project exists as soon as it is named. Without it: the default project. */
                project_id?: string;
                /** @description Accepted, without a meaning here. */
                organization_id?: string;
            };
            header?: never;
            path: {
                configuration_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Fields of the request are invalid; all of them are listed */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
            /** @description The server is not ready, or nothing can be stored just now; try again after the time in the headers */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    createParseJob: {
        parameters: {
            query?: {
                /** @description Any text: a project exists as soon as it is named. Without it: the default project. */
                project_id?: string;
                /** @description Accepted, without a meaning here. */
                organization_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateParseJob"];
            };
        };
        responses: {
            /** @description The parse job */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ParseJob"];
                };
            };
            /** @description The request cannot be carried out as it stands */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The request body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The request body is of the wrong media type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Fields of the request are invalid; all of them are listed */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
            /** @description Too much waits already; try again after the time in the headers */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server is not ready, or nothing can be stored just now; try again after the time in the headers */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    createParseJobFromUpload: {
        parameters: {
            query?: {
                /** @description Any text: a project exists as soon as it is named. Without it: the default project. */
                project_id?: string;
                /** @description Accepted, without a meaning here. */
                organization_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["ParseForm"];
            };
        };
        responses: {
            /** @description The parse job */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ParseJob"];
                };
            };
            /** @description The request cannot be carried out as it stands */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The request body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The request body is of the wrong media type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Fields of the request are invalid; all of them are listed */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
            /** @description Too much waits already; try again after the time in the headers */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server is not ready, or nothing can be stored just now; try again after the time in the headers */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getParseJob: {
        parameters: {
            query?: {
                /** @description Any text: a project exists as soon as it is named. Without it: the default project. */
                project_id?: string;
                /** @description Accepted, without a meaning here. */
                organization_id?: string;
                /** @description `text`, `markdown`, `text_full`, `markdown_full`, `metadata`, `job_metadata`, `usage`. */
                expand?: string[];
            };
            header?: never;
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The parse job and what was asked for */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ParseResult"];
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Fields of the request are invalid; all of them are listed */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
        };
    };
    listProjectsV1: {
        parameters: {
            query?: {
                /** @description Accepted, without a meaning here. */
                organization_id?: string;
                /** @description Exact. */
                project_name?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Project"][];
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Fields of the request are invalid; all of them are listed */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
        };
    };
    listProjectsV2: {
        parameters: {
            query?: {
                /** @description Accepted, without a meaning here. */
                organization_id?: string;
                /** @description Items at once. Without it: 50. */
                page_size?: number;
                /** @description From the part before. The filters of the first request hold. */
                page_token?: string;
                /** @description Exact. */
                name?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Part of the list */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProjectPage"];
                };
            };
            /** @description The request cannot be carried out as it stands */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Fields of the request are invalid; all of them are listed */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
        };
    };
    getProjectV1: {
        parameters: {
            query?: {
                /** @description Accepted, without a meaning here. */
                organization_id?: string;
            };
            header?: never;
            path: {
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The project */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Project"];
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Fields of the request are invalid; all of them are listed */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
        };
    };
    getProjectV2: {
        parameters: {
            query?: {
                /** @description Accepted, without a meaning here. */
                organization_id?: string;
            };
            header?: never;
            path: {
                project_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The project */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Project"];
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Fields of the request are invalid; all of them are listed */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
        };
    };
    listWebhookConfigs: {
        parameters: {
            query?: {
                /** @description Any text: a project exists as soon as it is named. Without it: the default project. */
                project_id?: string;
                /** @description Accepted, without a meaning here. */
                organization_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookConfigList"];
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Fields of the request are invalid; all of them are listed */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
        };
    };
    createWebhookConfig: {
        parameters: {
            query?: {
                /** @description Any text: a project exists as soon as it is named. Without it: the default project. */
                project_id?: string;
                /** @description Accepted, without a meaning here. */
                organization_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateWebhookConfig"];
            };
        };
        responses: {
            /** @description The webhook configuration */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookConfig"];
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The request body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The request body is of the wrong media type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Fields of the request are invalid; all of them are listed */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
            /** @description The server is not ready, or nothing can be stored just now; try again after the time in the headers */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getWebhookConfig: {
        parameters: {
            query?: {
                /** @description Any text: a project exists as soon as it is named. Without it: the default project. */
                project_id?: string;
                /** @description Accepted, without a meaning here. */
                organization_id?: string;
            };
            header?: never;
            path: {
                webhook_config_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The webhook configuration */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookConfig"];
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Fields of the request are invalid; all of them are listed */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
        };
    };
    updateWebhookConfig: {
        parameters: {
            query?: {
                /** @description Any text: a project exists as soon as it is named. Without it: the default project. */
                project_id?: string;
                /** @description Accepted, without a meaning here. */
                organization_id?: string;
            };
            header?: never;
            path: {
                webhook_config_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateWebhookConfig"];
            };
        };
        responses: {
            /** @description The webhook configuration */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookConfig"];
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The request body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The request body is of the wrong media type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Fields of the request are invalid; all of them are listed */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
            /** @description The server is not ready, or nothing can be stored just now; try again after the time in the headers */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    deleteWebhookConfig: {
        parameters: {
            query?: {
                /** @description Any text: a project exists as soon as it is named. Without it: the default project. */
                project_id?: string;
                /** @description Accepted, without a meaning here. */
                organization_id?: string;
            };
            header?: never;
            path: {
                webhook_config_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Deleted */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Fields of the request are invalid; all of them are listed */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
            /** @description The server is not ready, or nothing can be stored just now; try again after the time in the headers */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    explainClassifyJob: {
        parameters: {
            query?: {
                /** @description Any text: a project exists as soon as it is named. Without it: the default project. */
                project_id?: string;
                /** @description Accepted, without a meaning here. */
                organization_id?: string;
            };
            header?: never;
            path: {
                job_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The explanation */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClassifyExplanation"];
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The present state does not permit it; trying again does not help */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Fields of the request are invalid; all of them are listed */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
        };
    };
    listWebhookDeliveries: {
        parameters: {
            query?: {
                /** @description Any text: a project exists as soon as it is named. Without it: the default project. */
                project_id?: string;
                /** @description Accepted, without a meaning here. */
                organization_id?: string;
                /** @description Items at once. Without it: 50. */
                page_size?: number;
                /** @description From the part before. The filters of the first request hold. */
                page_token?: string;
                job_id?: string;
                status?: "PENDING" | "DELIVERED" | "FAILED" | "GONE";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Part of the list */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDeliveryPage"];
                };
            };
            /** @description The request cannot be carried out as it stands */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Fields of the request are invalid; all of them are listed */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
        };
    };
    scoreFile: {
        parameters: {
            query?: {
                /** @description Any text: a project exists as soon as it is named. Without it: the default project. */
                project_id?: string;
                /** @description Accepted, without a meaning here. */
                organization_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Score"];
            };
        };
        responses: {
            /** @description The answer that a job would have */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ScoreResult"];
                };
            };
            /** @description The request cannot be carried out as it stands */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The present state does not permit it; trying again does not help */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The request body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The request body is of the wrong media type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Fields of the request are invalid; all of them are listed */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
            /** @description Too much waits already; try again after the time in the headers */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server is not ready, or nothing can be stored just now; try again after the time in the headers */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    lintRules: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["LintRules"];
            };
        };
        responses: {
            /** @description Findings, warnings first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LintResult"];
                };
            };
            /** @description The request cannot be carried out as it stands */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The request body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The request body is of the wrong media type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Fields of the request are invalid; all of them are listed */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
            /** @description The server is not ready, or nothing can be stored just now; try again after the time in the headers */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    createTrialFile: {
        parameters: {
            query?: {
                /** @description Any text: a project exists as soon as it is named. Without it: the default project. */
                project_id?: string;
                /** @description Accepted, without a meaning here. */
                organization_id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["FileForm"];
            };
        };
        responses: {
            /** @description The file */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["File"];
                };
            };
            /** @description The request cannot be carried out as it stands */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The request body is too large */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The request body is of the wrong media type */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Fields of the request are invalid; all of them are listed */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
            /** @description Too much waits already; try again after the time in the headers */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The server is not ready, or nothing can be stored just now; try again after the time in the headers */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getFilePages: {
        parameters: {
            query?: {
                /** @description Any text: a project exists as soon as it is named. Without it: the default project. */
                project_id?: string;
                /** @description Accepted, without a meaning here. */
                organization_id?: string;
                target_pages?: string;
            };
            header?: never;
            path: {
                file_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The pages */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FilePages"];
                };
            };
            /** @description The request cannot be carried out as it stands */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Fields of the request are invalid; all of them are listed */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
        };
    };
    getPageImage: {
        parameters: {
            query?: {
                /** @description Any text: a project exists as soon as it is named. Without it: the default project. */
                project_id?: string;
                /** @description Accepted, without a meaning here. */
                organization_id?: string;
                /** @description Pixels of the longer side, at most; a picture that is smaller is not enlarged. */
                max_side?: number;
            };
            header?: never;
            path: {
                file_id: string;
                page: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A PNG */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/png": string;
                };
            };
            /** @description The request cannot be carried out as it stands */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Fields of the request are invalid; all of them are listed */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
            /** @description Too much waits already; try again after the time in the headers */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getSamples: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Rules, and where the documents are */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Samples"];
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getSample: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The bytes */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "*/*": string;
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    watchJobs: {
        parameters: {
            query?: {
                /** @description Any text: a project exists as soon as it is named. Without it: the default project. */
                project_id?: string;
                /** @description Accepted, without a meaning here. */
                organization_id?: string;
            };
            header?: {
                "last-event-id"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The stream */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Fields of the request are invalid; all of them are listed */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
            /** @description Too much waits already; try again after the time in the headers */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    getState: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The state */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServerState"];
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    listRuns: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The runs, newest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description Whether the server was given a folder of runs. */
                        is_given: boolean;
                        /** @description Newest first. */
                        runs: {
                            /** @example 2026-11-28T10-00-00 */
                            name: string;
                            summary: {
                                /** @enum {string} */
                                format: "docket.bench/1";
                                docket?: string;
                                startedAt: string;
                                durationMs: number;
                                dataset: {
                                    name: string;
                                    path: string;
                                    items: number;
                                    /** @default [] */
                                    problems: ({
                                        kind: string;
                                        place: string;
                                        message: string;
                                    } & {
                                        [key: string]: unknown;
                                    })[];
                                } & {
                                    [key: string]: unknown;
                                };
                                rules: {
                                    file: string;
                                    identity: string;
                                    rules: ({
                                        type: string;
                                        description?: string;
                                    } & {
                                        [key: string]: unknown;
                                    })[];
                                    tuned?: boolean;
                                } & {
                                    [key: string]: unknown;
                                };
                                scorer: string;
                                engine: string;
                                metrics: {
                                    total: number;
                                    classified: number;
                                    failures?: ({
                                        code: string;
                                        count: number;
                                    } & {
                                        [key: string]: unknown;
                                    })[];
                                    accuracy: {
                                        value: number | null;
                                        count: number;
                                        of: number;
                                        low?: number | null;
                                        high?: number | null;
                                    } & {
                                        [key: string]: unknown;
                                    };
                                    firstChoice?: {
                                        value: number | null;
                                        count: number;
                                        of: number;
                                    } & {
                                        [key: string]: unknown;
                                    };
                                    macroF1: number | null;
                                    labels: ({
                                        label: string | null;
                                        support?: number;
                                        answered?: number;
                                        precision?: number | null;
                                        recall?: number | null;
                                        f1?: number | null;
                                    } & {
                                        [key: string]: unknown;
                                    })[];
                                    /** @description By expected, then by answered label; in the order of `labels`. */
                                    confusion?: number[][];
                                    nulls: {
                                        recall: {
                                            value: number | null;
                                            count: number;
                                            of: number;
                                        } & {
                                            [key: string]: unknown;
                                        };
                                        precision?: {
                                            value: number | null;
                                            count: number;
                                            of: number;
                                        } & {
                                            [key: string]: unknown;
                                        };
                                        falseAlarms?: {
                                            value: number | null;
                                            count: number;
                                            of: number;
                                        } & {
                                            [key: string]: unknown;
                                        };
                                        auroc?: number | null;
                                    } & {
                                        [key: string]: unknown;
                                    };
                                    calibration: {
                                        ece: number | null;
                                        brier?: number | null;
                                        bins?: ({
                                            from: number;
                                            to: number;
                                            count: number;
                                            meanConfidence: number | null;
                                            shareRight: number | null;
                                        } & {
                                            [key: string]: unknown;
                                        })[];
                                    } & {
                                        [key: string]: unknown;
                                    };
                                    review?: ({
                                        reviewed: number;
                                        errorsCaught: number;
                                        accuracyOfRest: number | null;
                                    } & {
                                        [key: string]: unknown;
                                    })[];
                                    time?: {
                                        p50Ms: number | null;
                                        p95Ms: number | null;
                                        documentsPerSecond: number | null;
                                        opened: number;
                                    } & {
                                        [key: string]: unknown;
                                    };
                                } & {
                                    [key: string]: unknown;
                                };
                            } & {
                                [key: string]: unknown;
                            };
                        }[];
                    };
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    compareRuns: {
        parameters: {
            query: {
                a: string;
                b: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What changed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        before: {
                            /** @enum {string} */
                            format: "docket.bench/1";
                            docket?: string;
                            startedAt: string;
                            durationMs: number;
                            dataset: {
                                name: string;
                                path: string;
                                items: number;
                                /** @default [] */
                                problems: ({
                                    kind: string;
                                    place: string;
                                    message: string;
                                } & {
                                    [key: string]: unknown;
                                })[];
                            } & {
                                [key: string]: unknown;
                            };
                            rules: {
                                file: string;
                                identity: string;
                                rules: ({
                                    type: string;
                                    description?: string;
                                } & {
                                    [key: string]: unknown;
                                })[];
                                tuned?: boolean;
                            } & {
                                [key: string]: unknown;
                            };
                            scorer: string;
                            engine: string;
                            metrics: {
                                total: number;
                                classified: number;
                                failures?: ({
                                    code: string;
                                    count: number;
                                } & {
                                    [key: string]: unknown;
                                })[];
                                accuracy: {
                                    value: number | null;
                                    count: number;
                                    of: number;
                                    low?: number | null;
                                    high?: number | null;
                                } & {
                                    [key: string]: unknown;
                                };
                                firstChoice?: {
                                    value: number | null;
                                    count: number;
                                    of: number;
                                } & {
                                    [key: string]: unknown;
                                };
                                macroF1: number | null;
                                labels: ({
                                    label: string | null;
                                    support?: number;
                                    answered?: number;
                                    precision?: number | null;
                                    recall?: number | null;
                                    f1?: number | null;
                                } & {
                                    [key: string]: unknown;
                                })[];
                                /** @description By expected, then by answered label; in the order of `labels`. */
                                confusion?: number[][];
                                nulls: {
                                    recall: {
                                        value: number | null;
                                        count: number;
                                        of: number;
                                    } & {
                                        [key: string]: unknown;
                                    };
                                    precision?: {
                                        value: number | null;
                                        count: number;
                                        of: number;
                                    } & {
                                        [key: string]: unknown;
                                    };
                                    falseAlarms?: {
                                        value: number | null;
                                        count: number;
                                        of: number;
                                    } & {
                                        [key: string]: unknown;
                                    };
                                    auroc?: number | null;
                                } & {
                                    [key: string]: unknown;
                                };
                                calibration: {
                                    ece: number | null;
                                    brier?: number | null;
                                    bins?: ({
                                        from: number;
                                        to: number;
                                        count: number;
                                        meanConfidence: number | null;
                                        shareRight: number | null;
                                    } & {
                                        [key: string]: unknown;
                                    })[];
                                } & {
                                    [key: string]: unknown;
                                };
                                review?: ({
                                    reviewed: number;
                                    errorsCaught: number;
                                    accuracyOfRest: number | null;
                                } & {
                                    [key: string]: unknown;
                                })[];
                                time?: {
                                    p50Ms: number | null;
                                    p95Ms: number | null;
                                    documentsPerSecond: number | null;
                                    opened: number;
                                } & {
                                    [key: string]: unknown;
                                };
                            } & {
                                [key: string]: unknown;
                            };
                        } & {
                            [key: string]: unknown;
                        };
                        after: {
                            /** @enum {string} */
                            format: "docket.bench/1";
                            docket?: string;
                            startedAt: string;
                            durationMs: number;
                            dataset: {
                                name: string;
                                path: string;
                                items: number;
                                /** @default [] */
                                problems: ({
                                    kind: string;
                                    place: string;
                                    message: string;
                                } & {
                                    [key: string]: unknown;
                                })[];
                            } & {
                                [key: string]: unknown;
                            };
                            rules: {
                                file: string;
                                identity: string;
                                rules: ({
                                    type: string;
                                    description?: string;
                                } & {
                                    [key: string]: unknown;
                                })[];
                                tuned?: boolean;
                            } & {
                                [key: string]: unknown;
                            };
                            scorer: string;
                            engine: string;
                            metrics: {
                                total: number;
                                classified: number;
                                failures?: ({
                                    code: string;
                                    count: number;
                                } & {
                                    [key: string]: unknown;
                                })[];
                                accuracy: {
                                    value: number | null;
                                    count: number;
                                    of: number;
                                    low?: number | null;
                                    high?: number | null;
                                } & {
                                    [key: string]: unknown;
                                };
                                firstChoice?: {
                                    value: number | null;
                                    count: number;
                                    of: number;
                                } & {
                                    [key: string]: unknown;
                                };
                                macroF1: number | null;
                                labels: ({
                                    label: string | null;
                                    support?: number;
                                    answered?: number;
                                    precision?: number | null;
                                    recall?: number | null;
                                    f1?: number | null;
                                } & {
                                    [key: string]: unknown;
                                })[];
                                /** @description By expected, then by answered label; in the order of `labels`. */
                                confusion?: number[][];
                                nulls: {
                                    recall: {
                                        value: number | null;
                                        count: number;
                                        of: number;
                                    } & {
                                        [key: string]: unknown;
                                    };
                                    precision?: {
                                        value: number | null;
                                        count: number;
                                        of: number;
                                    } & {
                                        [key: string]: unknown;
                                    };
                                    falseAlarms?: {
                                        value: number | null;
                                        count: number;
                                        of: number;
                                    } & {
                                        [key: string]: unknown;
                                    };
                                    auroc?: number | null;
                                } & {
                                    [key: string]: unknown;
                                };
                                calibration: {
                                    ece: number | null;
                                    brier?: number | null;
                                    bins?: ({
                                        from: number;
                                        to: number;
                                        count: number;
                                        meanConfidence: number | null;
                                        shareRight: number | null;
                                    } & {
                                        [key: string]: unknown;
                                    })[];
                                } & {
                                    [key: string]: unknown;
                                };
                                review?: ({
                                    reviewed: number;
                                    errorsCaught: number;
                                    accuracyOfRest: number | null;
                                } & {
                                    [key: string]: unknown;
                                })[];
                                time?: {
                                    p50Ms: number | null;
                                    p95Ms: number | null;
                                    documentsPerSecond: number | null;
                                    opened: number;
                                } & {
                                    [key: string]: unknown;
                                };
                            } & {
                                [key: string]: unknown;
                            };
                        } & {
                            [key: string]: unknown;
                        };
                        warnings: string[];
                        paired: number;
                        onlyBefore: string[];
                        onlyAfter: string[];
                        flips: ({
                            id: string;
                            expected: string | null;
                            /** @enum {string} */
                            kind: "fixed" | "broken" | "other_wrong" | "now_failed" | "now_classified";
                            before: {
                                id: string;
                                path: string;
                                expected: string | null;
                                group: string;
                                tags: string[];
                                /** @enum {string} */
                                status: "classified";
                                answered: string | null;
                                confidence: number;
                                floor: number;
                                margin: number;
                                ranking: {
                                    type: string;
                                    confidence: number;
                                }[];
                                reasoning: string;
                                evidence: ({
                                    type: string;
                                    confidence: number;
                                    documentType?: string;
                                    layout?: string[];
                                    evidence?: ({
                                        page: number;
                                        start: number;
                                        end: number;
                                        quote: string;
                                        weight: number;
                                        documentType?: string;
                                    } & {
                                        [key: string]: unknown;
                                    })[];
                                } & {
                                    [key: string]: unknown;
                                })[];
                                readMs: number;
                                scoreMs: number;
                                wasRead: boolean;
                            } | {
                                id: string;
                                path: string;
                                expected: string | null;
                                group: string;
                                tags: string[];
                                /** @enum {string} */
                                status: "failed";
                                /** @enum {string} */
                                code: "request.invalid_page_selection" | "request.invalid_rules" | "request.stale_tuning" | "request.invalid_configuration" | "request.invalid_usage" | "request.invalid_body" | "request.invalid_input" | "request.invalid_page_token" | "request.unsupported_media_type" | "request.too_large" | "auth.missing_key" | "auth.invalid_key" | "auth.forbidden_host" | "auth.forbidden_origin" | "auth.invalid_signature" | "resource.file_not_found" | "resource.unreadable" | "resource.not_found" | "resource.document_deleted" | "state.ended" | "state.active" | "state.superseded" | "state.name_taken" | "state.data_folder_in_use" | "state.database_too_new" | "state.database_locked" | "state.database_unreachable" | "state.data_folder_unwritable" | "document.encrypted" | "document.corrupt" | "document.unsupported_type" | "document.no_text" | "document.too_large" | "document.timed_out" | "document.no_pages_selected" | "model.not_installed" | "model.incompatible" | "model.checksum_mismatch" | "model.invalid_knowledge" | "capacity.out_of_memory" | "capacity.too_many_jobs" | "capacity.too_many_requests" | "capacity.disk_full" | "internal.worker_crashed" | "internal.unexpected";
                                message: string;
                            };
                            after: {
                                id: string;
                                path: string;
                                expected: string | null;
                                group: string;
                                tags: string[];
                                /** @enum {string} */
                                status: "classified";
                                answered: string | null;
                                confidence: number;
                                floor: number;
                                margin: number;
                                ranking: {
                                    type: string;
                                    confidence: number;
                                }[];
                                reasoning: string;
                                evidence: ({
                                    type: string;
                                    confidence: number;
                                    documentType?: string;
                                    layout?: string[];
                                    evidence?: ({
                                        page: number;
                                        start: number;
                                        end: number;
                                        quote: string;
                                        weight: number;
                                        documentType?: string;
                                    } & {
                                        [key: string]: unknown;
                                    })[];
                                } & {
                                    [key: string]: unknown;
                                })[];
                                readMs: number;
                                scoreMs: number;
                                wasRead: boolean;
                            } | {
                                id: string;
                                path: string;
                                expected: string | null;
                                group: string;
                                tags: string[];
                                /** @enum {string} */
                                status: "failed";
                                /** @enum {string} */
                                code: "request.invalid_page_selection" | "request.invalid_rules" | "request.stale_tuning" | "request.invalid_configuration" | "request.invalid_usage" | "request.invalid_body" | "request.invalid_input" | "request.invalid_page_token" | "request.unsupported_media_type" | "request.too_large" | "auth.missing_key" | "auth.invalid_key" | "auth.forbidden_host" | "auth.forbidden_origin" | "auth.invalid_signature" | "resource.file_not_found" | "resource.unreadable" | "resource.not_found" | "resource.document_deleted" | "state.ended" | "state.active" | "state.superseded" | "state.name_taken" | "state.data_folder_in_use" | "state.database_too_new" | "state.database_locked" | "state.database_unreachable" | "state.data_folder_unwritable" | "document.encrypted" | "document.corrupt" | "document.unsupported_type" | "document.no_text" | "document.too_large" | "document.timed_out" | "document.no_pages_selected" | "model.not_installed" | "model.incompatible" | "model.checksum_mismatch" | "model.invalid_knowledge" | "capacity.out_of_memory" | "capacity.too_many_jobs" | "capacity.too_many_requests" | "capacity.disk_full" | "internal.worker_crashed" | "internal.unexpected";
                                message: string;
                            };
                            why: string;
                        } & {
                            [key: string]: unknown;
                        })[];
                        difference: {
                            value: number | null;
                            low: number | null;
                            high: number | null;
                        };
                        mcNemar: {
                            onlyBefore: number;
                            onlyAfter: number;
                            pValue: number;
                            /** @enum {string} */
                            method: "exact" | "chi-squared";
                        };
                        labels: {
                            label: string | null;
                            before: ({
                                label: string | null;
                                support?: number;
                                answered?: number;
                                precision?: number | null;
                                recall?: number | null;
                                f1?: number | null;
                            } & {
                                [key: string]: unknown;
                            }) | null;
                            after: ({
                                label: string | null;
                                support?: number;
                                answered?: number;
                                precision?: number | null;
                                recall?: number | null;
                                f1?: number | null;
                            } & {
                                [key: string]: unknown;
                            }) | null;
                        }[];
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description The request cannot be carried out as it stands */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Fields of the request are invalid; all of them are listed */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
        };
    };
    getRun: {
        parameters: {
            query?: {
                /** @description Documents that were answered wrong, or not classified. */
                only?: "wrong" | "failed";
                offset?: number;
                limit?: number;
            };
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The run */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @example 2026-11-28T10-00-00 */
                        name: string;
                        summary: {
                            /** @enum {string} */
                            format: "docket.bench/1";
                            docket?: string;
                            startedAt: string;
                            durationMs: number;
                            dataset: {
                                name: string;
                                path: string;
                                items: number;
                                /** @default [] */
                                problems: ({
                                    kind: string;
                                    place: string;
                                    message: string;
                                } & {
                                    [key: string]: unknown;
                                })[];
                            } & {
                                [key: string]: unknown;
                            };
                            rules: {
                                file: string;
                                identity: string;
                                rules: ({
                                    type: string;
                                    description?: string;
                                } & {
                                    [key: string]: unknown;
                                })[];
                                tuned?: boolean;
                            } & {
                                [key: string]: unknown;
                            };
                            scorer: string;
                            engine: string;
                            metrics: {
                                total: number;
                                classified: number;
                                failures?: ({
                                    code: string;
                                    count: number;
                                } & {
                                    [key: string]: unknown;
                                })[];
                                accuracy: {
                                    value: number | null;
                                    count: number;
                                    of: number;
                                    low?: number | null;
                                    high?: number | null;
                                } & {
                                    [key: string]: unknown;
                                };
                                firstChoice?: {
                                    value: number | null;
                                    count: number;
                                    of: number;
                                } & {
                                    [key: string]: unknown;
                                };
                                macroF1: number | null;
                                labels: ({
                                    label: string | null;
                                    support?: number;
                                    answered?: number;
                                    precision?: number | null;
                                    recall?: number | null;
                                    f1?: number | null;
                                } & {
                                    [key: string]: unknown;
                                })[];
                                /** @description By expected, then by answered label; in the order of `labels`. */
                                confusion?: number[][];
                                nulls: {
                                    recall: {
                                        value: number | null;
                                        count: number;
                                        of: number;
                                    } & {
                                        [key: string]: unknown;
                                    };
                                    precision?: {
                                        value: number | null;
                                        count: number;
                                        of: number;
                                    } & {
                                        [key: string]: unknown;
                                    };
                                    falseAlarms?: {
                                        value: number | null;
                                        count: number;
                                        of: number;
                                    } & {
                                        [key: string]: unknown;
                                    };
                                    auroc?: number | null;
                                } & {
                                    [key: string]: unknown;
                                };
                                calibration: {
                                    ece: number | null;
                                    brier?: number | null;
                                    bins?: ({
                                        from: number;
                                        to: number;
                                        count: number;
                                        meanConfidence: number | null;
                                        shareRight: number | null;
                                    } & {
                                        [key: string]: unknown;
                                    })[];
                                } & {
                                    [key: string]: unknown;
                                };
                                review?: ({
                                    reviewed: number;
                                    errorsCaught: number;
                                    accuracyOfRest: number | null;
                                } & {
                                    [key: string]: unknown;
                                })[];
                                time?: {
                                    p50Ms: number | null;
                                    p95Ms: number | null;
                                    documentsPerSecond: number | null;
                                    opened: number;
                                } & {
                                    [key: string]: unknown;
                                };
                            } & {
                                [key: string]: unknown;
                            };
                        } & {
                            [key: string]: unknown;
                        };
                        /** @description Documents that fit `only`. */
                        total: number;
                        results: ({
                            id: string;
                            path: string;
                            expected: string | null;
                            group: string;
                            tags: string[];
                            /** @enum {string} */
                            status: "classified";
                            answered: string | null;
                            confidence: number;
                            floor: number;
                            margin: number;
                            ranking: {
                                type: string;
                                confidence: number;
                            }[];
                            reasoning: string;
                            evidence: ({
                                type: string;
                                confidence: number;
                                documentType?: string;
                                layout?: string[];
                                evidence?: ({
                                    page: number;
                                    start: number;
                                    end: number;
                                    quote: string;
                                    weight: number;
                                    documentType?: string;
                                } & {
                                    [key: string]: unknown;
                                })[];
                            } & {
                                [key: string]: unknown;
                            })[];
                            readMs: number;
                            scoreMs: number;
                            wasRead: boolean;
                        } | {
                            id: string;
                            path: string;
                            expected: string | null;
                            group: string;
                            tags: string[];
                            /** @enum {string} */
                            status: "failed";
                            /** @enum {string} */
                            code: "request.invalid_page_selection" | "request.invalid_rules" | "request.stale_tuning" | "request.invalid_configuration" | "request.invalid_usage" | "request.invalid_body" | "request.invalid_input" | "request.invalid_page_token" | "request.unsupported_media_type" | "request.too_large" | "auth.missing_key" | "auth.invalid_key" | "auth.forbidden_host" | "auth.forbidden_origin" | "auth.invalid_signature" | "resource.file_not_found" | "resource.unreadable" | "resource.not_found" | "resource.document_deleted" | "state.ended" | "state.active" | "state.superseded" | "state.name_taken" | "state.data_folder_in_use" | "state.database_too_new" | "state.database_locked" | "state.database_unreachable" | "state.data_folder_unwritable" | "document.encrypted" | "document.corrupt" | "document.unsupported_type" | "document.no_text" | "document.too_large" | "document.timed_out" | "document.no_pages_selected" | "model.not_installed" | "model.incompatible" | "model.checksum_mismatch" | "model.invalid_knowledge" | "capacity.out_of_memory" | "capacity.too_many_jobs" | "capacity.too_many_requests" | "capacity.disk_full" | "internal.worker_crashed" | "internal.unexpected";
                            message: string;
                        })[];
                    };
                };
            };
            /** @description The request cannot be carried out as it stands */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description There is no such thing */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Fields of the request are invalid; all of them are listed */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ValidationError"];
                };
            };
        };
    };
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It does */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Liveness"];
                };
            };
        };
    };
    getLiveness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It does */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Liveness"];
                };
            };
        };
    };
    getReadiness: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It can */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Readiness"];
                };
            };
            /** @description It cannot, or not yet */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Readiness"];
                };
            };
        };
    };
    getMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The measurements */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description The API key is missing or wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
}
