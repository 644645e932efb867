"""Where does an edition go? A folder, a git clone, a machine that rsync reaches, a bucket."""

from wireroom.adapters.outlets.bucket import BucketCarrier
from wireroom.adapters.outlets.folder import FolderOutlet
from wireroom.adapters.outlets.git import GitOutlet
from wireroom.adapters.outlets.remote import RemoteOutlet
from wireroom.adapters.outlets.rsync import RsyncCarrier

__all__ = ["BucketCarrier", "FolderOutlet", "GitOutlet", "RemoteOutlet", "RsyncCarrier"]
