from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access

from portal.conventions.views import ActeCompareView
from portal.syndication.api import api

urlpatterns = [
    # Before Wagtail's own, at the same address: its links lead here.
    re_path(
        r"^admin/pages/(\d+)/revisions/compare/(live|earliest|\d+)\.\.\.(live|latest|\d+)/$",
        require_admin_access(ActeCompareView.as_view()),
    ),
    path("admin/", include(wagtailadmin_urls)),
    path("api/v1/", api.urls),
    path("", include("portal.exploitation.urls")),
    path("", include("portal.syndication.urls")),
    path("", include("portal.reader.urls")),
    path("", include(wagtail_urls)),
]
