package gyre.sys;

import java.io.IOException;

/** Keeps a thread on one CPU for a while. One belongs to one loop. */
public interface CpuBinding {
    /** Binds the calling thread. */
    void bind() throws IOException;

    /** Gives the calling thread, which was bound last, back the CPUs that it had; does nothing if it is not bound. */
    void restore() throws IOException;
}
