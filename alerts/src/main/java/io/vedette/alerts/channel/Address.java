package io.vedette.alerts.channel;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where a channel posts to. Many services put a token into the URL's path, so only scheme, host and port are ever printed.
 *
 * @param url an http or https URL
 */
public record Address(Secret url) {
    /**
     * The URL itself.
     *
     * @throws IOException when its file can't be read or holds no http URL; the message doesn't repeat it
     */
    public URI uri() throws IOException {
        URI uri;
        try {
            uri = new URI(url.reveal());
        } catch (URISyntaxException e) {
            // The cause would quote the URL.
            throw new IOException("no valid URL (wrong at character " + (e.getIndex() + 1) + ")");
        }
        boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
        if (!http || uri.getHost() == null) {
            throw new IOException("no http:// or https:// URL with a host");
        }
        if (uri.getRawUserInfo() != null) {
            throw new IOException("a URL with user and password in it, which belong under basic_auth");
        }
        return uri;
    }

    /** Scheme, host and port with {@code /***} for the rest; {@code ***} when the URL can't be read. */
    @Override
    public String toString() {
        try {
            URI uri = uri();
            return uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort()) + "/***";
        } catch (IOException e) {
            return "***";
        }
    }
}
