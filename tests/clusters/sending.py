"""A file on its way in through the page, and the worker's part done at once."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from clusters import tasks
from clusters.models import Upload


def send(client, tree, content, *, service="antenatal", name="mei.xlsx", at="first"):
    data = {
        "service": service,
        "facility": tree[at].pk,
        "file": SimpleUploadedFile(name, content),
    }
    return client.post(reverse("clusters:upload-new"), data)


def sent(client, tree, content, **more):
    """An upload that a worker has checked."""
    answer = send(client, tree, content, **more)
    assert answer.status_code == 302, answer.context["form"].errors
    upload = Upload.objects.latest("pk")
    tasks.check_upload(upload.pk)
    upload.refresh_from_db()
    return upload
