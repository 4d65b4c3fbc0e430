import 'zone.js';
import '@angular/compiler';
import { HttpClient, provideHttpClient, withFetch } from '@angular/common/http';
import { type ApplicationRef, Component, inject, provideZoneChangeDetection } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import { start } from 'rootspan';
import { zoneContext } from 'rootspan/zone';
import { firstValueFrom } from 'rxjs';

const query = new URLSearchParams(location.search);
if (!query.has('alone')) window.agent = start({ flushInterval: 100, context: zoneContext() });

class Shop {
  readonly http = inject(HttpClient);
  done: string[] = [];
  checks = 0;

  async order(name: string): Promise<void> {
    const get = (url: string) => firstValueFrom(this.http.get(url));
    await get(`/api/${name}/one?delay=30`);
    await new Promise((resolve) => setTimeout(resolve, 20));
    await get(`/api/${name}/two?delay=30`);
    await new Promise((resolve) => setTimeout(resolve, 20));
    await get(`/api/${name}/three`);
    this.done.push(name);
  }

  go(): void {
    history.pushState({}, '', '/cart');
  }

  ngDoCheck(): void {
    document.body.dataset.checks = `${++this.checks}`;
  }
}

// As a decorator would, without the compiler's decorators.
Component({
  selector: 'app-shop',
  template: `
    <button id="a" (click)="order('a')">Order a</button>
    <button id="b" (click)="order('b')">Order b</button>
    <button id="go" (click)="go()">Go</button>
    <output>{{ done.join(' ') }}</output>
  `,
})(Shop);

bootstrapApplication(Shop, {
  providers: [
    provideZoneChangeDetection(),
    query.has('fetch') ? provideHttpClient(withFetch()) : provideHttpClient(),
  ],
}).then((application: ApplicationRef) =>
  application.isStable.subscribe((isStable) => {
    document.body.dataset.stable = `${isStable}`;
  }),
);
