"""The long work of a live session: the floor job and the channel job, each owned by a lease."""
