import { useId, useState } from 'preact/hooks';
import type { JobStatus } from '../../api/types.js';
import { Button } from '../../common/button.js';
import { useLoaded } from '../../common/use-loaded.js';
import { useNarrow } from '../../common/use-narrow.js';
import { words } from '../../i18n/language.js';
import { listPresets } from '../presets/presets-api.js';
import { type JobFilters, parseJobIds } from './job-filters.js';
import { activeRow, jobFilters, listScroll } from './kept-jobs.js';
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
  const { content: presets = [] } = useLoaded(listPresets, []);
  const change = <Key extends keyof JobFilters>(key: Key, value: JobFilters[Key] | undefined) => {
    const { [key]: _, ...rest } = filters;
    jobFilters.value = value === undefined ? rest : { ...rest, [key]: value };
    activeRow.value = 0;
    listScroll.value = 0;
  };
  return (
    <search class="filters">
      <label for={`${id}-status`}>{text.status}</label>
      <select
        id={`${id}-status`}
        value={filters.status ?? ''}
        onChange={({ currentTarget: { value } }) =>
          change(
            'status',
            STATUSES.find((status) => status === value),
          )
        }
      >
        <option value="">{text.allStatuses}</option>
        {STATUSES.map((status) => (
          <option key={status} value={status}>
            {text.statuses[status]}
          </option>
        ))}
      </select>
      <label for={`${id}-preset`}>{text.preset}</label>
      <select
        id={`${id}-preset`}
        value={filters.configurationId ?? ''}
        onChange={({ currentTarget: { value } }) => change('configurationId', value === '' ? undefined : value)}
      >
        <option value="">{text.allPresets}</option>
        {presets.map(({ id: presetId, name }) => (
          <option key={presetId} value={presetId}>
            {name}
          </option>
        ))}
      </select>
      <label for={`${id}-from`}>{text.from}</label>
      <input
        id={`${id}-from`}
        type="datetime-local"
        value={instantToLocal(filters.createdFrom)}
        onChange={({ currentTarget: { value } }) => change('createdFrom', localToInstant(value))}
      />
      <label for={`${id}-to`}>{text.to}</label>
      <input
        id={`${id}-to`}
        type="datetime-local"
        value={instantToLocal(filters.createdTo)}
        onChange={({ currentTarget: { value } }) => change('createdTo', localToInstant(value))}
      />
      <label for={`${id}-ids`}>{text.ids}</label>
      <input
        id={`${id}-ids`}
        class="filter-ids"
        value={filters.jobIds?.join(', ') ?? ''}
        placeholder={text.idsPlaceholder}
        onChange={({ currentTarget: { value } }) => change('jobIds', parseJobIds(value))}
      />
      {Object.keys(filters).length > 0 && (
        <Button
          icon="close"
          onClick={() => {
            jobFilters.value = {};
          }}
        >
          {text.clearFilters}
        </Button>
      )}
    </search>
  );
}
