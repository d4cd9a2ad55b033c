import { useId, useState } from 'preact/hooks';
import type { JobStatus } from '../../api/types.js';
import { Button } from '../../common/button.js';
import { useLoaded } from '../../common/use-loaded.js';
import { useNarrow } from '../../common/use-narrow.js';
import { words } from '../../i18n/language.js';
import { listPresets } from '../presets/presets-api.js';
import { type JobFilters, parseJobIds } from './job-filters.js';
import { filterJobs, jobFilters } from './kept-jobs.js';
import { instantToLocal, localToInstant } from './local-instant.js';

const STATUSES: readonly JobStatus[] = ['PENDING', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED'];

/** Chooses which jobs are listed, by what the API filters by. */
export function JobFilterBar() {
  const isNarrow = useNarrow();
  const [isOpen, setOpen] = useState(false);
  if (!isNarrow) return <FilterFields />;
  return (
    <>
      <button type="button" class="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {words().jobs.filters}
      </button>
      {isOpen && <FilterFields />}
    </>
  );
}

function FilterFields() {
  const { jobs: text } = words();
  const id = useId();
  const filters = jobFilters.value;
  return (
    <search class="filters">
      <label for={`${id}-status`}>{text.status}</label>
      <StatusField id={`${id}-status`} />
      <label for={`${id}-preset`}>{text.preset}</label>
      <PresetField id={`${id}-preset`} />
      {(['createdFrom', 'createdTo'] as const).map((key) => (
        <>
          <label for={`${id}-${key}`}>{key === 'createdFrom' ? text.from : text.to}</label>
          <input
            id={`${id}-${key}`}
            type="datetime-local"
            value={instantToLocal(filters[key])}
            onChange={({ currentTarget: { value } }) => change(key, localToInstant(value))}
          />
        </>
      ))}
      <label for={`${id}-ids`}>{text.ids}</label>
      <input
        id={`${id}-ids`}
        class="filter-ids"
        value={filters.jobIds?.join(', ') ?? ''}
        placeholder={text.idsPlaceholder}
        onChange={({ currentTarget: { value } }) => change('jobIds', parseJobIds(value))}
      />
      {Object.keys(filters).length > 0 && (
        <Button icon="close" onClick={() => filterJobs({})}>
          {text.clearFilters}
        </Button>
      )}
    </search>
  );
}

function StatusField({ id }: { readonly id: string }) {
  const { jobs: text } = words();
  const find = (value: string) => STATUSES.find((status) => status === value);
  return (
    <select
      id={id}
      value={jobFilters.value.status ?? ''}
      onChange={({ currentTarget: { value } }) => change('status', find(value))}
    >
      <option value="">{text.allStatuses}</option>
      {STATUSES.map((status) => (
        <option key={status} value={status}>
          {text.statuses[status]}
        </option>
      ))}
    </select>
  );
}

function PresetField({ id }: { readonly id: string }) {
  const { content: presets = [] } = useLoaded(listPresets, []);
  return (
    <select
      id={id}
      value={jobFilters.value.configurationId ?? ''}
      onChange={({ currentTarget: { value } }) => change('configurationId', value === '' ? undefined : value)}
    >
      <option value="">{words().jobs.allPresets}</option>
      {presets.map((preset) => (
        <option key={preset.id} value={preset.id}>
          {preset.name}
        </option>
      ))}
    </select>
  );
}

function change<Key extends keyof JobFilters>(key: Key, value: JobFilters[Key] | undefined): void {
  const { [key]: _, ...rest } = jobFilters.value;
  filterJobs(value === undefined ? rest : { ...rest, [key]: value });
}
