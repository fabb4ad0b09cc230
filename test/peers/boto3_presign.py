"""Signs what standard input asks for, a JSON list, with boto3, each at its own frozen time."""

import datetime
import json
import sys

real = datetime.datetime


class Frozen(real):
    instant = None

    @classmethod
    def now(cls, tz=None):
        return cls.instant.astimezone(tz)

    @classmethod
    def utcnow(cls):
        return cls.instant.replace(tzinfo=None)


# Before botocore is imported, so that it knows no other clock.
datetime.datetime = Frozen

import boto3  # noqa: E402
from botocore.config import Config  # noqa: E402


def sign(ask):
    Frozen.instant = real.fromtimestamp(ask["now"] / 1000, datetime.timezone.utc)
    config = Config(signature_version="s3v4", s3={"addressing_style": ask["addressing"]})
    client = boto3.client("s3", config=config, **ask["client"])
    return client.generate_presigned_post(**ask["post"])


json.dump([sign(ask) for ask in json.load(sys.stdin.buffer)], sys.stdout)
