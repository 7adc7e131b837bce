"""Changes the tests of lessons share, written for them."""

GIT = """\
diff --git a/network/border/edge-1.cfg b/network/border/edge-1.cfg
index 1111111..2222222 100644
--- a/network/border/edge-1.cfg
+++ b/network/border/edge-1.cfg
@@ -10,7 +10,7 @@ router bgp 64500
  neighbor 192.0.2.1 remote-as 64501
  !
  address-family ipv4 unicast
-  redistribute connected
+  redistribute static route-map EXPORT
   neighbor 192.0.2.1 activate
  exit-address-family
 !
diff --git a/docs/old name.md b/docs/new name.md
similarity index 90%
rename from docs/old name.md
rename to docs/new name.md
--- a/docs/old name.md
+++ b/docs/new name.md
@@ -1 +1,2 @@
 # Border
+See the guide.
\\ No newline at end of file
diff --git a/logo.png b/logo.png
new file mode 100644
Binary files /dev/null and b/logo.png differ
"""

PLAIN = """\
--- lab/core.conf\t2026-11-20 10:00:00
+++ lab/core.conf\t2026-11-20 11:00:00
@@ -1,3 +1,4 @@
 [routing]
 timeout = 3
+metric = 10
 retries = 2
"""

BARE = """\
interface Ethernet1
+  ip address 192.0.2.9/30
router bgp 64500
-  redistribute connected
+  no redistribute connected
"""

PYTHON = """\
diff --git a/app/pay.py b/app/pay.py
--- a/app/pay.py
+++ b/app/pay.py
@@ -40,6 +40,6 @@ def charge_card(order):
     try:
         with ledger() as book:
-            book.write(order.total)
+            book.write(order.total, retry=True)
     finally:
         release()
"""
