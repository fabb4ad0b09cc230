export {
  type LocalBucket,
  type LocalBucketOptions,
  startLocalBucket,
} from './local-bucket.ts';
