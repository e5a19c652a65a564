"""What keeps the file whole: checkpoints with a way back, copies, a witness, the lock, room on the disk, faults."""
