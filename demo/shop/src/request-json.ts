/** JSON by `XMLHttpRequest`. */
export const requestJson = <T>(url: string, signal?: AbortSignal): Promise<T> =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('GET', url);
    request.responseType = 'json';
    request.addEventListener('load', () =>
      request.status < 400
        ? resolve(request.response)
        : reject(new Error(`${url} answered ${request.status}`)),
    );
    request.addEventListener('error', () => reject(new Error(`${url} could not be reached`)));
    request.addEventListener('abort', () => reject(signal?.reason));
    signal?.addEventListener('abort', () => request.abort());
    request.send();
  });
