package gyre.buffer;

import java.lang.ref.ReferenceQueue;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checked mode's book of what is out. */
final class Loans {
    private final Set<Lease> open = new HashSet<>();
    private final ReferenceQueue<Buf> lost = new ReferenceQueue<>();

    /** A handle on the memory that is valid until it is settled. */
    Buf lend(Buf memory) {
        Buf loan = memory.loan();
        Lease lease = new Lease(loan, memory, lost);
        loan.lease = lease;
        open.add(lease);
        return loan;
    }

    /** Ends a loan; the memory that was lent. */
    Buf settle(Buf loan, Lease lease) {
        lease.end();
        open.remove(lease);
        loan.revoke();
        return lease.memory();
    }

    /** A loan that the garbage collector has found before it was settled, each once; or null. */
    @Nullable Lease nextLost() {
        for (Object found; (found = lost.poll()) != null; ) {
            if (found instanceof Lease lease && open.remove(lease)) {
                return lease;
            }
        }
        return null;
    }
}
