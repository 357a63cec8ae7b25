package gyre.sys;

import gyre.sys.posix.EpollBackend;

class EpollWithoutPwait2SelectorTest extends SelectorContract {
    @Override
    Backend backend() {
        return new EpollBackend(false);
    }
}
