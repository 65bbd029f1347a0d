package io.vedette.alerts.mail;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A mail server that wants STARTTLS (RFC 3207) and passes on what it hears behind it: GreenMail itself doesn't know the command. */
final class StartTlsFront implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final TestCertificate certificate;
    private final int behind;
    private final boolean offers;

    /** @param offers whether it says that it knows STARTTLS */
    StartTlsFront(TestCertificate certificate, int behind, boolean offers) throws IOException {
        this.certificate = certificate;
        this.behind = behind;
        this.offers = offers;
        threads.execute(() -> {
            while (!server.isClosed()) {
                accept();
            }
        });
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        try {
            Socket client = server.accept();
            threads.execute(() -> {
                try (client) {
                    serve(client);
                } catch (IOException ignored) {
                    // The client hung up, as is its right.
                }
            });
        } catch (IOException ignored) {
            // Closed.
        }
    }

    private void serve(Socket client) throws IOException {
        OutputStream out = client.getOutputStream();
        // Unbuffered on purpose: what is behind STARTTLS isn't text.
        InputStream in = client.getInputStream();
        say(out, "220 front");
        for (String line = line(in); line != null; line = line(in)) {
            String command = line.toUpperCase(Locale.ROOT);
            if (command.startsWith("EHLO")) {
                say(out, offers ? "250-front\r\n250 STARTTLS" : "250 front");
            } else if (command.equals("STARTTLS") && offers) {
                say(out, "220 go ahead");
                SSLSocket secured =
                        (SSLSocket) certificate.context().getSocketFactory().createSocket(client, null, true);
                secured.setUseClientMode(false);
                secured.startHandshake();
                relay(secured);
                return;
            } else if (command.equals("QUIT")) {
                say(out, "221 bye");
                return;
            } else {
                say(out, "530 Must issue a STARTTLS command first");
            }
        }
    }

    private void relay(SSLSocket client) throws IOException {
        try (Socket server = new Socket(InetAddress.getLoopbackAddress(), behind)) {
            new BufferedReader(new InputStreamReader(server.getInputStream(), US_ASCII), 1).readLine();
            threads.execute(() -> {
                try {
                    server.getInputStream().transferTo(client.getOutputStream());
                } catch (IOException ignored) {
                    // One of both hung up.
                }
            });
            client.getInputStream().transferTo(server.getOutputStream());
        }
    }

    private static @Nullable String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0; c = in.read()) {
            if (c == '\n') {
                return line.toString().strip();
            }
            line.append((char) c);
        }
        return null;
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(US_ASCII));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}
