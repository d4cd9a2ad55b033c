import type { FunctionComponent } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { Announcer } from '../common/announce.js';
import { words } from '../i18n/language.js';
import { BenchmarksView } from '../views/benchmarks/benchmarks-view.js';
import { JobsView } from '../views/jobs/jobs-view.js';
import { PresetsView } from '../views/presets/presets-view.js';
import { StateView } from '../views/state/state-view.js';
import { TryView } from '../views/try/try-view.js';
import { useNoStrayFiles } from '../views/try/use-dropped-files.js';
import { KeyPrompt } from './key-prompt.js';
import { LeaveDialog } from './leave-dialog.js';
import { Navigation } from './navigation.js';
import { route, type View } from './route.js';

const COMPONENTS: Readonly<Record<View, FunctionComponent>> = {
  try: TryView,
  jobs: JobsView,
  presets: PresetsView,
  benchmarks: BenchmarksView,
  state: StateView,
};

/** The whole console. */
export function App() {
  const { view } = route.value;
  const text = words();
  const main = useRef<HTMLElement>(null);
  const isFirst = useRef(true);
  const title = text.navigation[view];
  useEffect(() => {
    document.title = `${title} · Docket`;
  }, [title]);
  useEffect(() => {
    if (!isFirst.current) main.current?.focus();
    isFirst.current = false;
  }, [view]);
  useNoStrayFiles();
  const Current = COMPONENTS[view];
  return (
    <>
      <button type="button" class="skip-link" onClick={() => main.current?.focus()}>
        {text.skipLink}
      </button>
      <Navigation />
      <main id="main" ref={main} class={`view view-${view}`} tabIndex={-1} aria-label={title}>
        <Current />
      </main>
      <LeaveDialog />
      <KeyPrompt />
      <Announcer />
    </>
  );
}
