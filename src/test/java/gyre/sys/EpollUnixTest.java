package gyre.sys;

import gyre.sys.posix.EpollBackend;

class EpollUnixTest extends UnixContract {
    @Override
    Backend backend() {
        return new EpollBackend();
    }

    @Override
    boolean goesFurther() {
        return true;
    }
}
