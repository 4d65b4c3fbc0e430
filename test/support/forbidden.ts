// What no module of src may do: architecture.test.ts tries its rules on this file, which is never run.
addEventListener('click', () => {});
document.addEventListener('click', () => {});
setTimeout(() => {});
localStorage.clear();
Storage.prototype.getItem.call(sessionStorage, 'key');
void fetch('/');
navigator.sendBeacon('/');
console.warn('text');
crypto.randomUUID();
Date.now();
performance.now();
Object.defineProperty(window, 'name', {});
Reflect.set(window, 'name', 'value');
document.title = 'title';
(window as unknown as Record<string, unknown>).name = 'value';
(XMLHttpRequest.prototype as { open: unknown }).open = undefined;
