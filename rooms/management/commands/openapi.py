import json
from typing import Any

from django.core.management import BaseCommand
from ninja.responses import NinjaJSONEncoder

from rooms.api import api


class Command(BaseCommand):
    help = "Prints the OpenAPI document of the HTTP API."

    def handle(self, *args: Any, **options: Any) -> None:
        document = api.get_openapi_schema()
        self.stdout.write(json.dumps(document, cls=NinjaJSONEncoder, indent=2, ensure_ascii=False))
