package io.vedette.alerts.mail;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A mail server that answers as it is told to, by the beginning of a command. */
final class ScriptedSmtp implements AutoCloseable {
    /** Instead of an answer: the connection breaks off. */
    static final String HANG_UP = "hang up";
    /** Instead of an answer: none. */
    static final String SILENCE = "silence";

    private final ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final Map<String, String> answers = new LinkedHashMap<>();

    ScriptedSmtp() throws IOException {
        answers.put("EHLO", "250-me\r\n250 AUTH PLAIN");
        answers.put("AUTH", "235 ok");
        answers.put("MAIL", "250 ok");
        answers.put("RCPT", "250 ok");
        answers.put("DATA", "354 go");
        answers.put(".", "250 taken");
        answers.put("QUIT", "221 bye");
        Thread thread = new Thread(() -> {
            while (!server.isClosed()) {
                try (Socket client = server.accept()) {
                    serve(client);
                } catch (IOException ignored) {
                    // The client, or the test, is done.
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    ScriptedSmtp answers(String command, String answer) {
        answers.put(command, answer);
        return this;
    }

    int port() {
        return server.getLocalPort();
    }

    private void serve(Socket client) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream(), US_ASCII));
        say(client, "220 scripted");
        boolean data = false;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (data && !line.equals(".")) {
                continue;
            }
            String answer = answer(line);
            data = answer.startsWith("354");
            if (answer.equals(HANG_UP)) {
                client.setSoLinger(true, 0);
                return;
            }
            if (!answer.equals(SILENCE)) {
                say(client, answer);
            }
        }
    }

    private String answer(String line) {
        // The longest beginning that is known, so that single receivers can be refused.
        return answers.entrySet().stream()
                .filter(entry ->
                        line.toUpperCase(Locale.ROOT).startsWith(entry.getKey().toUpperCase(Locale.ROOT)))
                .max(java.util.Comparator.comparingInt(entry -> entry.getKey().length()))
                .map(Map.Entry::getValue)
                .orElse("502 unknown");
    }

    private static void say(Socket client, String line) throws IOException {
        client.getOutputStream().write((line + "\r\n").getBytes(US_ASCII));
        client.getOutputStream().flush();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
