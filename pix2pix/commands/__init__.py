"""The commands of ``python -m pix2pix``, one file each, and their shared parts."""
