/** Reasons that forms of several subjects share. */

export const ONE_CODE =
  'S3 answers InvalidPolicyDocument to a policy that it cannot read (recorded); radosgw has InvalidArgument for whatever is not well-formed.';

export const XML_OF_201 =
  'S3 tells a whole address, with + for blanks, and the ETag in quotes (captured); radosgw leaves out the scheme and the quotes.';

export const TRIMMED =
  'S3 is not known to trim values, and ours does not; radosgw cuts the blanks around them off.';

export const DUPLICATE_MEMBER =
  'What S3 makes of one member twice is not known, and ours refuses it as ambiguous; radosgw takes the first.';

export const ONE_REFUSAL =
  'S3 answers SignatureDoesNotMatch to a wrong signature and InvalidAccessKeyId to an unknown key (recorded, captured); radosgw has AccessDenied for both.';
