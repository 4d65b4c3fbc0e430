const KEYS = [
  ...[
    'token',
    'access_token',
    'refreshToken',
    'id_token',
    'csrf-token',
    'client_secret',
    'password',
    'passwd',
  ],
  ...['pwd', 'api_key', 'apikey', 'API-KEY', 'authorization', 'auth', 'session', 'sessionid', 'sid', 'code'],
  ...[
    'state',
    'otp',
    'jwt',
    'sig',
    'Signature',
    'X-Amz-Signature',
    'X-Amz-Credential',
    'X-Amz-Security-Token',
  ],
  ...['X-Goog-Signature', 'AWSAccessKeyId', '%74oken', 'user[token]'],
];
const STEPS = [
  'reset',
  'reset-password',
  'verify',
  'confirm-email',
  'activate',
  'invite',
  'magic',
  'token',
  'unsubscribe',
];

/** In every secret of the table, and in nothing else. */
export const SECRET = /s3cr3t\d+x/i;

let count = 0;
/** Another one each time. */
const secret = (): string => `s3cr3t${++count}x`;
/** As a machine makes it: long, of small and capital letters and digits. */
const token = (): string => `Zq81kQp${secret()}VbN3mTr5Ye`;
const jsonWebToken = (): string => `eyJhbGciOiJIUzI1NiJ9.eyJzdWIi${secret()}.dBjftJeZ4CVP`;

/** URLs without an origin, each of which has something that must not leave the page. */
export const SECRET_PATHS: readonly string[] = [
  ...KEYS.map((key) => `/api/list?page=2&${key}=${secret()}&sort=price`),
  ...STEPS.map((step) => `/api/${step}/${secret()}`),
  `/api/d/${token()}`,
  `/api/d/${token()}/files?x=1`,
  `/api/verify/${jsonWebToken()}`,
  `/api/d/${jsonWebToken()}`,
  `/api/list?x=${jsonWebToken()}`,
  `/api/list;jsessionid=${secret()}`,
  `/api/list;v=1?token=${secret()}`,
  `/api/Items(id=1)?access_token=${secret()}`,
  `/api/list?token=a=${secret()}`,
  `/api/list?token=${secret()}&token=${secret()}`,
  `/api/list?next=/a?token=${secret()}`,
  `/api/list?next=${encodeURIComponent(`https://a.example/?a=1&token=${secret()}&b=2`)}`,
  ...['X-Amz-Signature', 'api-key', 'user[token]'].map(
    (key) => `/api/list?url=${encodeURIComponent(`https://a.example/b.jpg?a=1&${key}=${secret()}&b=2`)}`,
  ),
  `/api/list?next=https://anna:${secret()}@a.example/`,
  `/api/list#access_token=${secret()}&token_type=bearer`,
  `/api/list#/reset?token=${secret()}`,
  `/api/list#/reset/${secret()}`,
  `/api/list#${token()}`,
  `/api/list?x=1#id_token=${secret()}`,
  `/api/users/${secret()}@mail.example`,
  `/api/users/${secret()}%40mail.example/orders`,
  `/api/list?to=${secret()}@mail.example`,
  `/api/list?email=${secret()}%40mail.example`,
  `/api/users/${secret()}@163.com`,
  `/api/list?to=${secret()}%401und1.example`,
  `/api/list#/users/${secret()}.b+c@mail.example`,
];
