from django.contrib.auth.models import User
from django.db import transaction

from rooms.domain.slugs import free_slug
from rooms.models import Member, Organization, Role


def create_organization(*, user: User, name: str) -> Member:
    """A new tenant, owned by `user`."""
    with transaction.atomic():
        slug = free_slug(name, among=Organization.objects, otherwise="organization")
        organization = Organization.objects.create(slug=slug, name=name)
        return Member.objects.create(organization=organization, user=user, role=Role.OWNER)
