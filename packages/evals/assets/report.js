// The documents of the report: filters, sorting, pages, details. Everything that comes from documents is set as text.
const { documents, rowsPerPage } = JSON.parse(document.getElementById('data').textContent);
const find = (id) => document.getElementById(id);
const table = find('rows');
const filters = ['search', 'expected', 'answered', 'outcome', 'tag', 'group'].flatMap((id) => find(id) ?? []);
const state = { page: 0, sort: 'position', descending: false };

const labelOf = (label) => (label === null ? 'null' : label);

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function valuesOf() {
  return Object.fromEntries(filters.map((filter) => [filter.id, filter.value]));
}

function matches(entry, { search, expected, answered, outcome, tag, group }) {
  const text = search.toLowerCase();
  if (text && !entry.text.includes(text)) return false;
  if (expected && `=${labelOf(entry.expected)}` !== expected) return false;
  if (answered && (entry.outcome === 'failed' || `=${labelOf(entry.answered)}` !== answered)) return false;
  if (outcome && entry.outcome !== outcome) return false;
  if (tag && !entry.tags.includes(tag.slice(1))) return false;
  return !group || `=${entry.group ?? ''}` === group;
}

const SORT_KEYS = {
  position: (entry) => entry.position,
  id: (entry) => entry.id,
  expected: (entry) => labelOf(entry.expected),
  answered: (entry) => (entry.outcome === 'failed' ? entry.code : labelOf(entry.answered)),
  confidence: (entry) => entry.confidence ?? -1,
  outcome: (entry) => entry.outcome,
};

function selected() {
  const values = valuesOf();
  const key = SORT_KEYS[state.sort];
  const direction = state.descending ? -1 : 1;
  const found = documents.filter((entry) => matches(entry, values));
  return found.sort((one, other) => {
    const [first, second] = [key(one), key(other)];
    return direction * (first < second ? -1 : first > second ? 1 : one.position - other.position);
  });
}

function evidenceList({ type, confidence, documentType, layout, evidence }) {
  const items = evidence.map(({ page, quote }) => element('li', {}, element('q', {}, quote), ` (page ${page})`));
  const looks = layout.length > 0 ? [element('li', {}, `layout: ${layout.join(', ')}`)] : [];
  const name = documentType ? `${type} (${documentType})` : type;
  const list = items.length + looks.length > 0 ? element('ul', {}, ...items, ...looks) : element('p', {}, 'nothing');
  return element('div', {}, element('h3', {}, `For ${name}: ${confidence.toFixed(3)}`), list);
}

function detailOf(entry) {
  const cell = element('td', { colspan: '5', class: 'detail' });
  if (entry.outcome === 'failed') cell.append(element('p', {}, `${entry.code}: ${entry.message}`));
  else {
    const ranking = entry.ranking.map(({ type, confidence }) => `${type} ${confidence.toFixed(3)}`).join(', ');
    cell.append(element('p', {}, entry.reasoning), element('p', { class: 'soft' }, `Ranking: ${ranking}`));
    cell.append(element('div', { class: 'sides' }, ...entry.evidence.map(evidenceList)));
  }
  return element('tr', {}, cell);
}

function rowOf(entry) {
  const button = element('button', { type: 'button', 'aria-expanded': 'false' }, entry.id);
  const answered = entry.outcome === 'failed' ? entry.code : labelOf(entry.answered);
  const row = element(
    'tr',
    {},
    element('td', {}, button),
    element('td', {}, labelOf(entry.expected)),
    element('td', {}, answered),
    element('td', { class: 'number' }, entry.confidence === undefined ? '' : entry.confidence.toFixed(3)),
    element('td', { class: entry.outcome === 'right' ? 'right' : 'wrong' }, entry.outcome),
  );
  let detail;
  button.addEventListener('click', () => {
    const isOpen = button.getAttribute('aria-expanded') === 'true';
    button.setAttribute('aria-expanded', String(!isOpen));
    if (isOpen) detail.remove();
    else {
      detail = detailOf(entry);
      row.after(detail);
    }
  });
  return row;
}

function show() {
  const found = selected();
  const pages = Math.max(1, Math.ceil(found.length / rowsPerPage));
  state.page = Math.min(state.page, pages - 1);
  const start = state.page * rowsPerPage;
  table.replaceChildren(...found.slice(start, start + rowsPerPage).map(rowOf));
  find('count').textContent = `${found.length} of ${documents.length} documents`;
  find('place').textContent = `page ${state.page + 1} of ${pages}`;
  find('previous').disabled = state.page === 0;
  find('next').disabled = state.page === pages - 1;
  const { expected, answered } = valuesOf();
  for (const cell of document.querySelectorAll('.matrix button')) {
    const isChosen = `=${cell.dataset.expected}` === expected && `=${cell.dataset.answered}` === answered;
    cell.setAttribute('aria-pressed', String(isChosen));
  }
}

function restart() {
  state.page = 0;
  show();
}

for (const filter of filters) filter.addEventListener('input', restart);
find('clear').addEventListener('click', () => {
  for (const filter of filters) filter.value = '';
  restart();
});
for (const [id, step] of [
  ['previous', -1],
  ['next', 1],
]) {
  find(id).addEventListener('click', () => {
    state.page += step;
    show();
  });
}
for (const button of document.querySelectorAll('.documents thead button')) {
  button.addEventListener('click', () => {
    state.descending = state.sort === button.dataset.sort && !state.descending;
    state.sort = button.dataset.sort;
    for (const other of document.querySelectorAll('.documents thead th')) other.removeAttribute('aria-sort');
    button.closest('th').setAttribute('aria-sort', state.descending ? 'descending' : 'ascending');
    restart();
  });
}
for (const cell of document.querySelectorAll('.matrix button')) {
  cell.addEventListener('click', () => {
    for (const filter of filters) filter.value = '';
    find('expected').value = `=${cell.dataset.expected}`;
    find('answered').value = `=${cell.dataset.answered}`;
    restart();
    find('documents').scrollIntoView({ block: 'start' });
  });
}
find('theme').addEventListener('click', () => {
  const isDark = matchMedia('(prefers-color-scheme: dark)').matches;
  const now = document.documentElement.dataset.theme ?? (isDark ? 'dark' : 'light');
  document.documentElement.dataset.theme = now === 'dark' ? 'light' : 'dark';
});
show();
