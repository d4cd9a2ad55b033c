import './styles/index.css';
import { render } from 'preact';
import { App } from './app/app.js';
import { followAddress } from './app/route.js';
import { guardUnload } from './app/unsaved.js';

const root = document.getElementById('app');
if (root) {
  followAddress();
  guardUnload();
  render(<App />, root);
}
