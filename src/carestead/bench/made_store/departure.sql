select 'OLD' || n as practitioner_code, timestamp '2025-06-01 09:00' as leaves_at
from range(2000) t(n)
