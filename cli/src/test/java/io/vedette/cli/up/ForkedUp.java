package io.vedette.cli.up;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vedette.cli.Main;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code vedette up}, or another command, in a process of its own, started by the launcher as from a release archive. */
public final class ForkedUp implements AutoCloseable {
    private static final Path LAUNCHER = Path.of("../vedette");
    private static final int LONGEST_STOP_SECONDS = 60;

    private final Process process;
    private final Path output;
    private final Path errors;

    private ForkedUp(Process process, Path output, Path errors) {
        this.process = process;
        this.output = output;
        this.errors = errors;
    }

    /**
     * Starts {@code up}.
     *
     * @param folder where what it needs is put, and what it prints
     */
    public static ForkedUp start(Path folder, Path configuration) throws IOException {
        return start(folder, "up", "-c", configuration.toString());
    }

    /** Starts a command. */
    static ForkedUp start(Path folder, String... arguments) throws IOException {
        Path launcher = folder.resolve("vedette");
        if (!Files.exists(launcher)) {
            Files.copy(LAUNCHER, launcher);
            Files.createDirectory(folder.resolve("app"));
            writeJar(folder.resolve("app/vedette.jar"));
        }
        Path errors = Files.createTempFile(folder, "errors", ".txt");
        Path output = Files.createTempFile(folder, "out", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(Stream.concat(Stream.of("bash", launcher.toString()), Stream.of(arguments))
                        .toList());
        builder.redirectError(errors.toFile()).redirectOutput(output.toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("VEDETTE_"));
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        return new ForkedUp(builder.start(), output, errors);
    }

    /** A jar that has nothing but the names of the classes' places, those of the tests left out. */
    private static void writeJar(Path jar) throws IOException {
        String classPath = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(place -> !place.endsWith("test-classes"))
                .map(place -> Path.of(place).toUri().toString())
                .collect(Collectors.joining(" "));
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Main.class.getName());
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath);
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** What {@code kill -9} does. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** What {@code kill} does; its exit code. */
    int stop() throws InterruptedException {
        process.destroy();
        return process.waitFor(LONGEST_STOP_SECONDS, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }

    /** What it has printed to stdout. */
    String output() throws IOException {
        return Files.readString(output, UTF_8);
    }

    /** What it has printed to stderr. */
    public String errors() throws IOException {
        return Files.readString(errors, UTF_8);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
