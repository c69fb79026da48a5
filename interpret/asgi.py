"""What uvicorn runs: `uvicorn interpret.asgi:application`."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "interpret.settings")

pages = get_asgi_application()

from channels.routing import ProtocolTypeRouter  # noqa: E402 - the models have to be loaded

from rooms.live.lifespan import lifespan  # noqa: E402 - likewise
from rooms.live.routes import consoles  # noqa: E402 - likewise

application = ProtocolTypeRouter({"http": pages, "websocket": consoles, "lifespan": lifespan})
