# The pages: packages keyed on the lock file, the build keyed on every source.

frontend_sources() {
    find frontend -name node_modules -prune -o -type f -print0 | LC_ALL=C sort -z |
        xargs -0 cksum | sha
}

frontend_build() {
    if [ ! -e frontend/package-lock.json ]; then return; fi
    local packages sources
    packages="$(sha <frontend/package-lock.json)"
    sources="$(frontend_sources)"
    if [ -d frontend/node_modules ] && [ -e build/frontend/listen.html ] &&
        stamped frontend-packages "$packages" && stamped frontend "$sources"; then
        return
    fi
    if [ ! -d frontend/node_modules ] || ! stamped frontend-packages "$packages"; then
        download npm "Installing the frontend's packages" \
            npm --prefix frontend ci --no-audit --no-fund
        stamp frontend-packages "$packages"
    fi
    download frontend "Building the frontend" npm --prefix frontend run build
    stamp frontend "$sources"
}
