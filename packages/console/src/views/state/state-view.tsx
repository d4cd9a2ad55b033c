import { api, contentOf } from '../../api/api.js';
import type { ServerState } from '../../api/types.js';
import { Button } from '../../common/button.js';
import { formatInstant } from '../../common/format.js';
import { ErrorNotice, LoadingState } from '../../common/notice.js';
import { useLoaded } from '../../common/use-loaded.js';
import { language, words } from '../../i18n/language.js';
import { EngineCard } from './engine-card.js';
import { MachineCard } from './machine-card.js';
import { ModelsCard } from './models-card.js';
import { OcrCard } from './ocr-card.js';
import { QueueCard } from './queue-card.js';

/** What the server works with, as `docket doctor` knows it. */
export function StateView() {
  const { state: text } = words();
  const { content, error, isLoading, reload } = useLoaded(
    async (signal) => ({ state: await contentOf(api.GET('/api/local/state', { signal })), at: new Date() }),
    [],
  );
  return (
    <div class="view-page">
      <header class="view-header">
        <h1>{text.title}</h1>
        {content && <Verdict state={content.state} />}
        {content && <span class="muted">{text.updated(formatInstant(content.at, language.value))}</span>}
        <Button icon="refresh" disabled={isLoading} onClick={reload}>
          {text.refresh}
        </Button>
      </header>
      {error !== undefined && <ErrorNotice error={error} onRetry={reload} />}
      {!content && isLoading && <LoadingState />}
      {content && (
        <div class="cards">
          <EngineCard state={content.state} />
          <QueueCard state={content.state} />
          <OcrCard state={content.state} />
          <ModelsCard state={content.state} />
          <MachineCard state={content.state} />
        </div>
      )}
    </div>
  );
}

/** Whether something needs somebody's attention. */
function Verdict({ state }: { readonly state: ServerState }) {
  const { state: text } = words();
  const isWell =
    state.engine.status !== 'failed' &&
    state.ocr.problem === null &&
    state.models.every(({ problem }) => problem === null) &&
    (state.disk.free_bytes ?? Number.POSITIVE_INFINITY) >= state.disk.min_free_bytes;
  return <span class={`tag ${isWell ? 'tag-good' : 'tag-bad'}`}>{isWell ? text.healthy : text.unhealthy}</span>;
}
