export type { Addressing } from './bucket-url.ts';
export {
  type AcceptedPost,
  type CheckPostOptions,
  checkPost,
  type PostedFile,
  type PostVerdict,
} from './check-post.ts';
export type { Condition, ExactCondition, MatchCondition, RangeCondition } from './conditions.ts';
export type { Credentials } from './credentials.ts';
export { S3FormError, type S3FormErrorCode } from './errors.ts';
export type {
  Checksum,
  CustomerKeyEncryption,
  KmsEncryption,
  ServerSideEncryption,
} from './field-values.ts';
export type { CannedAcl, StorageClass } from './fields.ts';
export {
  createPresignedPost,
  type PresignedPost,
  type PresignedPostOptions,
} from './presigned-post.ts';
export type { RefusedPost } from './refusal.ts';
