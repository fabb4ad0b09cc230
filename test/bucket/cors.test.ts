import { describe, expect, it } from 'vitest';
import { corsRules } from '../../src/bucket/cors.ts';

describe('corsRules', () => {
  const { json, xml } = corsRules(['https://app.example', 'http://localhost:3000']);

  it('are what the AWS command line takes', () => {
    expect(json).toEqual({
      CORSRules: [
        {
          AllowedOrigins: ['https://app.example', 'http://localhost:3000'],
          AllowedMethods: ['POST'],
          AllowedHeaders: ['*'],
          ExposeHeaders: ['ETag', 'Location'],
          MaxAgeSeconds: 3000,
        },
      ],
    });
  });

  it('are what PutBucketCors takes', () => {
    expect(xml).toBe(
      '<CORSConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><CORSRule>' +
        '<AllowedOrigin>https://app.example</AllowedOrigin>' +
        '<AllowedOrigin>http://localhost:3000</AllowedOrigin>' +
        '<AllowedMethod>POST</AllowedMethod><AllowedHeader>*</AllowedHeader>' +
        '<ExposeHeader>ETag</ExposeHeader><ExposeHeader>Location</ExposeHeader>' +
        '<MaxAgeSeconds>3000</MaxAgeSeconds></CORSRule></CORSConfiguration>',
    );
  });

  it.each([
    '*',
    'app.example',
    'https://app.example/',
    'https://app.example/upload',
    'HTTPS://app.example',
    'https://app.example:443',
    'ftp://app.example',
    'https://a"><x>',
    'https://a&b.example',
    "https://a'b.example",
    '',
    5,
  ])('%j is no origin', (origin) => {
    expect(() => corsRules([origin as string])).toThrow(
      expect.objectContaining({ code: 'invalid_option', option: 'origins' }),
    );
  });

  it.each([undefined, 'https://app.example', []])('%j is no list of origins', (origins) => {
    expect(() => corsRules(origins as string[])).toThrow(TypeError);
  });
});
