package io.vedette.ingest.scrape;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A server on 127.0.0.1 that answers byte for byte as it is told, also what no decent server would. */
public final class TestServer implements AutoCloseable {
    private final ServerSocket socket;
    private final Behaviour behaviour;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private final AtomicInteger open = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * What was asked for.
     *
     * @param headers by their names in lower case
     */
    public record Request(String path, Map<String, String> headers) {
        public String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    /** Writes an answer; an exception ends the connection. */
    public interface Behaviour {
        void answer(Request request, Answer answer) throws IOException;
    }

    /** Where an answer goes. */
    public final class Answer {
        private final Socket connection;
        private final OutputStream out;

        private Answer(Socket connection) throws IOException {
            this.connection = connection;
            this.out = connection.getOutputStream();
        }

        public void raw(String text) throws IOException {
            out.write(text.getBytes(UTF_8));
            out.flush();
        }

        public void raw(byte[] bytes) throws IOException {
            out.write(bytes);
            out.flush();
        }

        /**
         * Sends a whole answer.
         *
         * @param headers whole lines, without Content-Length
         */
        public void send(int status, byte[] body, String... headers) throws IOException {
            raw("HTTP/1.1 " + status + " Said\r\n" + String.join("\r\n", headers) + (headers.length > 0 ? "\r\n" : "")
                    + "Content-Length: " + body.length + "\r\n\r\n");
            raw(body);
        }

        public void send(int status, String body, String... headers) throws IOException {
            send(status, body.getBytes(UTF_8), headers);
        }

        /** Says nothing more and ends with the connection. */
        public void hang() throws IOException {
            if (connection.getInputStream().read() < 0) {
                throw new EOFException();
            }
        }

        public void pause(long millis) throws IOException {
            try {
                if (closed.await(millis, TimeUnit.MILLISECONDS)) {
                    throw new IOException("the test is over");
                }
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }

        public void close() throws IOException {
            connection.close();
        }

        public void breakOff() throws IOException {
            connection.setSoLinger(true, 0);
            connection.close();
        }
    }

    private TestServer(ServerSocket socket, Behaviour behaviour) {
        this.socket = socket;
        this.behaviour = behaviour;
    }

    public static TestServer start(Behaviour behaviour) {
        try {
            return start(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), behaviour);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** On a socket of the caller's, such as one with TLS. */
    public static TestServer start(ServerSocket socket, Behaviour behaviour) {
        TestServer server = new TestServer(socket, behaviour);
        server.inBackground(server::acceptAll);
        return server;
    }

    /** Answers everything with this body and status 200. */
    public static TestServer serving(String body) {
        return start((request, answer) -> answer.send(200, body, "Content-Type: text/plain; version=0.0.4"));
    }

    public int port() {
        return socket.getLocalPort();
    }

    public String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    public List<Request> requests() {
        return requests;
    }

    public int openConnections() {
        return open.get();
    }

    private void acceptAll() {
        while (closed.getCount() > 0) {
            accept();
        }
    }

    private void accept() {
        try {
            Socket connection = socket.accept();
            connections.add(connection);
            open.incrementAndGet();
            inBackground(() -> serve(connection));
        } catch (IOException e) {
            if (!socket.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            var in = new BufferedReader(new InputStreamReader(connection.getInputStream(), ISO_8859_1));
            for (Request request = read(in); request != null; request = read(in)) {
                requests.add(request);
                behaviour.answer(request, new Answer(connection));
            }
        } catch (IOException clientHungUp) {
            connections.remove(connection);
        } finally {
            open.decrementAndGet();
        }
    }

    private static @Nullable Request read(BufferedReader in) throws IOException {
        String first = in.readLine();
        if (first == null) {
            return null;
        }
        Map<String, String> headers = new TreeMap<>();
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            int colon = line.indexOf(':');
            if (colon < 0) {
                throw new IOException("no HTTP: " + line);
            }
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return new Request(first.substring(first.indexOf(' ') + 1, first.lastIndexOf(' ')), headers);
    }

    private void inBackground(Runnable task) {
        Thread thread = new Thread(task, "test-server-" + port());
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            socket.close();
            for (Socket connection : connections) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
