// As pages have been written for twenty years: no modules, no build.
(() => {
  const byId = (id) => document.getElementById(id);
  const show = (id, text) => {
    byId(id).textContent = text;
  };

  const describe = (product) =>
    `${product.name}: ${product.stock} in stock, ${(product.priceCents / 100).toFixed(2)} €`;

  const askWithFetch = async (url) => {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`The storeroom answered ${response.status}.`);
    return response.json();
  };

  const askWithXhr = (url) =>
    new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open('GET', url);
      request.onload = () =>
        request.status < 400
          ? resolve(JSON.parse(request.responseText))
          : reject(new Error(`The storeroom answered ${request.status}.`));
      request.onerror = () => reject(new Error('The storeroom could not be reached.'));
      request.send();
    });

  byId('ask').addEventListener('submit', async (event) => {
    event.preventDefault();
    const way = event.submitter?.value ?? 'fetch';
    const url = way === 'fail' ? '/api/fail' : `/api/products/${byId('product').value}`;
    show('answer', 'Asking…');
    try {
      show('answer', describe(await (way === 'xhr' ? askWithXhr(url) : askWithFetch(url))));
    } catch (error) {
      show('answer', error.message);
    }
  });

  // An async script holds back the page's `load` event, so from then on `window.rootspan` answers.
  const showAgent = () => {
    show('traceparent', window.rootspan('traceparent') ?? 'none');
    const session = window.rootspan('session');
    show(
      'session',
      session ? `${session.id}${session.sampled ? '' : ' (not sampled, nothing is sent)'}` : 'none',
    );
  };
  addEventListener('load', showAgent);
})();
