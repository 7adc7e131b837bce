ALTER TABEL orders;
