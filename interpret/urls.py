from django.contrib import admin
from django.urls import include, path, re_path

from rooms import pages
from rooms.accounts import reset_password
from rooms.api import api

urlpatterns = [
    path("", pages.home),
    path("e/<slug:event>/<slug:room>", pages.listen),
    path("stage/<slug:event>/<slug:room>", pages.stage),
    path("booth/join/<str:token>", pages.join_booth),
    path("booth/<slug:session_id>", pages.booth),
    path("organize/join/<str:token>", pages.join_organization),
    re_path(r"^organize(?:/.*)?$", pages.organize),
    path("accounts/password/reset/", reset_password),
    path("accounts/", include("allauth.account.urls")),
    path("admin/", admin.site.urls),
    path("api/", api.urls),
]
