-- Top ten queries by total execution time.
select calls, round(total_exec_time) as total_ms, round(mean_exec_time, 2) as mean_ms, query
from pg_stat_statements
order by total_exec_time desc
limit 10;
