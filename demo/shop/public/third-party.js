// Loaded from another origin, without CORS: the page is told of the error, and nothing more.
throw new Error('The advertisement has no place to go');
