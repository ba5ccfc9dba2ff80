"""A sign of life for each queue that a worker listens to, so that it can be told without asking all of them."""

import logging
from collections.abc import Iterable
from typing import Any

import redis
from celery import bootsteps
from django.conf import settings

from qms_survey import broker

logger = logging.getLogger(__name__)
KEY = "qms.worker.heartbeat"
PERIOD_SECONDS = 5
# Two beats may be late before a worker counts as gone.
LIFETIME_SECONDS = 15


def key(queue: str) -> str:
    return f"{KEY}.{queue}"


def beat(url: str, queues: Iterable[str]) -> None:
    try:
        with broker.client(url) as connection:
            for queue in queues:
                connection.set(key(queue), 1, ex=LIFETIME_SECONDS)
    except (redis.RedisError, OSError) as error:
        logger.warning("The worker's sign of life did not reach the broker: %s", error)


def forget(url: str) -> None:
    with broker.client(url) as connection:
        connection.delete(*map(key, settings.CELERY_TASK_QUEUES))


def seconds_since(url: str) -> float | None:
    """Seconds since the last sign of life on the queue that was silent longest, None if nobody listens to one of them.

    Raises redis.RedisError without a broker.
    """
    with broker.client(url) as connection:
        left = min(int(connection.pttl(key(queue))) for queue in settings.CELERY_TASK_QUEUES)
    return LIFETIME_SECONDS - left / 1000 if left >= 0 else None


class Heartbeat(bootsteps.StartStopStep):  # type: ignore[misc]
    """Beats from the consumer's own loop: a worker that hangs, or that has lost its broker, falls silent."""

    requires = {"celery.worker.consumer.tasks:Tasks"}

    def __init__(self, consumer: Any, **options: Any) -> None:
        super().__init__(consumer, **options)
        self.timer: Any = None

    def start(self, consumer: Any) -> None:
        url = consumer.app.conf.broker_url
        queues = list(consumer.app.amqp.queues.consume_from)
        beat(url, queues)
        self.timer = consumer.timer.call_repeatedly(PERIOD_SECONDS, beat, (url, queues))

    def stop(self, consumer: Any) -> None:
        if self.timer is not None:
            self.timer.cancel()
