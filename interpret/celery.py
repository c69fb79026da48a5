"""Celery: places the long jobs (queue `jobs`, one process each), translates (queue `translate`,
one process that keeps its engines open) and runs the short tasks (queue `short`), with which beat
keeps what is and what should be in step. Nothing slow ever stands before a translation.

Nothing here imports `livekit.rtc`: it cannot cross a fork. Results are not kept; a task is
acknowledged when it starts, because a job that runs for hours must not be delivered twice.
"""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "interpret.settings")

from interpret.env import env

app = Celery("interpret", broker=env().redis_url)
app.conf.update(
    imports=("interpret.jobs", "rooms.tasks"),
    task_ignore_result=True,
    task_default_queue="short",
    task_routes={
        "interpret.jobs.run_*": {"queue": "jobs"},
        "interpret.jobs.translate_*": {"queue": "translate"},
    },
    task_publish_retry_policy={"max_retries": 2, "interval_start": 0.1, "interval_step": 0.2},
    worker_prefetch_multiplier=1,
    worker_disable_prefetch=True,
    worker_proc_alive_timeout=60,
    worker_hijack_root_logger=False,
    worker_log_color=False,
    worker_cancel_long_running_tasks_on_connection_loss=False,
    broker_connection_retry_on_startup=True,
    broker_transport_options={"socket_timeout": 5, "socket_connect_timeout": 5},
    task_send_sent_event=False,
    worker_send_task_events=False,
    beat_schedule={
        "place jobs": {
            "task": "rooms.tasks.place_jobs",
            "schedule": 2.0,
            "options": {"expires": 2},
        },
        "reconcile": {"task": "rooms.tasks.reconcile", "schedule": 5.0, "options": {"expires": 5}},
        "archive": {"task": "rooms.tasks.archive", "schedule": 10.0, "options": {"expires": 10}},
    },
    beat_schedule_filename="build/run/beat-schedule",
)
