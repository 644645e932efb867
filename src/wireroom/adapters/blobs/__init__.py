"""Where do bodies of pages lie? In a sharded folder, or in memory."""

from wireroom.adapters.blobs.folder import FolderBlobs
from wireroom.adapters.blobs.memory import MemoryBlobs

__all__ = ["FolderBlobs", "MemoryBlobs"]
