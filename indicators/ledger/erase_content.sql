-- The only statement of the product that removes anything: the bytes of files whose erasure is on record in `erasure`,
-- from the row $first on. Attempts, deliveries, values and the SHA-256 stay.
delete from file
where sha256 in (select sha256 from erasure where id >= $first)
