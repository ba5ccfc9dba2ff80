"""A sign of life from the worker, so that whether one is listening can be told without asking all of them."""

import logging
from typing import Any

import redis
from celery import bootsteps

from qms_survey import broker

logger = logging.getLogger(__name__)
KEY = "qms.worker.heartbeat"
PERIOD_SECONDS = 5
# Two beats may be late before a worker counts as gone.
LIFETIME_SECONDS = 15


def beat(url: str) -> None:
    try:
        with broker.client(url) as connection:
            connection.set(KEY, 1, ex=LIFETIME_SECONDS)
    except (redis.RedisError, OSError) as error:
        logger.warning("The worker's sign of life did not reach the broker: %s", error)


def forget(url: str) -> None:
    with broker.client(url) as connection:
        connection.delete(KEY)


def seconds_since(url: str) -> float | None:
    """Seconds since the last sign of life, or None if there is none. Raises redis.RedisError without a broker."""
    with broker.client(url) as connection:
        left = int(connection.pttl(KEY))
    return LIFETIME_SECONDS - left / 1000 if left >= 0 else None


class Heartbeat(bootsteps.StartStopStep):  # type: ignore[misc]
    """Beats from the consumer's own loop: a worker that hangs, or that has lost its broker, falls silent."""

    requires = {"celery.worker.consumer.tasks:Tasks"}

    def __init__(self, consumer: Any, **options: Any) -> None:
        super().__init__(consumer, **options)
        self.timer: Any = None

    def start(self, consumer: Any) -> None:
        url = consumer.app.conf.broker_url
        beat(url)
        self.timer = consumer.timer.call_repeatedly(PERIOD_SECONDS, beat, (url,))

    def stop(self, consumer: Any) -> None:
        if self.timer is not None:
            self.timer.cancel()
