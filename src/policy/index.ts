export type { Addressing } from './bucket-url.ts';
export type { PostedFields, PostedFile } from './check-form.ts';
export {
  type AcceptedPost,
  type CheckPostOptions,
  checkPost,
  type PostVerdict,
} from './check-post.ts';
export type { Condition, ExactCondition, MatchCondition, RangeCondition } from './conditions.ts';
export type { Credentials } from './credentials.ts';
export { S3FormError, type S3FormErrorCode } from './errors.ts';
export type {
  Checksum,
  ChecksumAlgorithm,
  CustomerKeyEncryption,
  KmsEncryption,
  PostedDigests,
  ServerSideEncryption,
} from './field-values.ts';
export type { CannedAcl, StorageClass } from './fields.ts';
export {
  createPresignedPost,
  type PresignedPost,
  type PresignedPostOptions,
} from './presigned-post.ts';
export type { RefusedPost } from './refusal.ts';
