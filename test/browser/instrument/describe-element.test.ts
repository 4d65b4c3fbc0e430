import { expect, onTestFinished, test } from 'vitest';
import { describeElement } from '../../../src/instrument/describe-element.js';

/** The label of the element `#it`. */
const labelOf = (html: string): string => {
  const host = document.body.appendChild(document.createElement('div'));
  onTestFinished(() => host.remove());
  host.innerHTML = html;
  return describeElement(host.querySelector('#it') as Element).label; // it is in each text below
};

const LABELS: Record<string, [html: string, label: string]> = {
  'a text that it refers to': [
    '<b id="who">Order of today</b><button id="it" aria-labelledby="who">Edit</button>',
    'Order of today',
  ],
  'its label': ['<label for="it">Agree</label><input id="it" type="checkbox">', 'Agree'],
  'its own text, where what it refers to is masked': [
    '<b id="who" data-rootspan-mask>Anna</b><button id="it" aria-labelledby="who">Edit</button>',
    'Edit',
  ],
  'its own text, where what it refers to is within something masked': [
    '<p data-rootspan-mask><b id="who">Anna</b></p><button id="it" aria-labelledby="who">Edit</button>',
    'Edit',
  ],
  'its own text, where what it refers to has something masked in it': [
    '<p id="who">To <b data-rootspan-mask>Anna</b></p><button id="it" aria-labelledby="who">Edit</button>',
    'Edit',
  ],
  'its own text, where a visitor writes what it refers to': [
    '<p id="who" contenteditable>Anna</p><button id="it" aria-labelledby="who">Edit</button>',
    'Edit',
  ],
  'the next text that it refers to, where the first is masked': [
    '<b id="who" data-rootspan-mask>Anna</b><b id="what">Edit</b><i id="it" role="button" aria-labelledby="who what"></i>',
    'Edit',
  ],
  'its tag, where its label is masked': [
    '<label for="it" data-rootspan-mask>Account of Anna</label><input id="it" type="checkbox">',
    'input',
  ],
  'its tag, where its label is within something masked': [
    '<p data-rootspan-mask><label for="it">Account of Anna</label></p><input id="it" type="checkbox">',
    'input',
  ],
  'its tag, where its label has something masked in it': [
    '<label for="it">Account of <b data-rootspan-mask>Anna</b></label><input id="it" type="checkbox">',
    'input',
  ],
};

for (const [what, [html, label]] of Object.entries(LABELS)) {
  test(`the name of an element is ${what}`, () => {
    expect(labelOf(html)).toBe(label);
  });
}

/** The label of the button in a web component of that form. */
const labelInside = (html: string): string => {
  const host = document.body.appendChild(document.createElement('div'));
  onTestFinished(() => host.remove());
  host.innerHTML = html;
  const root = (host.querySelector('#host') as Element).attachShadow({ mode: 'open' }); // it is in each text below
  root.innerHTML = '<button>Pay for <b>Anna</b></button>';
  return describeElement(root.querySelector('b') as Element).label;
};

test.for([
  ['its own text', '<p id="host"></p>', 'Pay for Anna'],
  [
    'its tag, where it is within something masked',
    '<p data-rootspan-mask><span id="host"></span></p>',
    'button',
  ],
  ['the name that is given around it', '<p data-rootspan-name="Pay"><span id="host"></span></p>', 'Pay'],
])('in a web component the name of an element is %s', ([, html = '', label]) => {
  expect(labelInside(html)).toBe(label);
});
