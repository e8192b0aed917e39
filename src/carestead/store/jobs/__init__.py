"""Work that is done later, by a worker: jobs, their schedules, what others are told, what was answered before."""
