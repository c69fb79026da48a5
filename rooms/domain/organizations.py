from django.contrib.auth.models import User
from django.db import transaction

from rooms.domain.slugs import create_with_slug
from rooms.models import Member, Organization, Role


def create_organization(*, user: User, name: str) -> Member:
    """A new tenant, owned by `user`."""
    with transaction.atomic():
        organization = create_with_slug(
            Organization.objects, named=name, otherwise="organization", name=name
        )
        return Member.objects.create(organization=organization, user=user, role=Role.OWNER)
