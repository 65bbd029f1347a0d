package io.vedette.ingest.nvml;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.vedette.ingest.cards.CardFailure;
import io.vedette.ingest.cards.CardFailure.Kind;
import io.vedette.ingest.cards.Progress;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;

/**
 * Finds the driver's {@code libnvidia-ml.so.1} and loads it with the binding's own two libraries. The binding's loader is left out: it wants {@code libcuda}
 * and {@code libcudart} besides, of which NVML needs neither and which containers and nodes without CUDA do not have, and it keeps what it unpacks in a
 * folder of the user's. Until the driver's library is found, nothing of the binding is touched.
 */
public final class NvmlLibrary {
    private static final String NAME = "libnvidia-ml.so.1";
    private static final Path LINKER_CACHE = Path.of("/etc/ld.so.cache");
    /** Where drivers put it without telling the linker: NVIDIA's operator, GKE, WSL, NixOS, Debian. */
    private static final List<String> FOLDERS = List.of(
            "/usr/local/nvidia/lib64",
            "/usr/local/nvidia/lib",
            "/home/kubernetes/bin/nvidia/lib64",
            "/run/nvidia/driver/usr/lib/x86_64-linux-gnu",
            "/run/nvidia/driver/usr/lib64",
            "/usr/lib/wsl/lib",
            "/run/opengl-driver/lib",
            "/usr/lib/x86_64-linux-gnu/nvidia/current",
            "/usr/lib/x86_64-linux-gnu",
            "/usr/lib64",
            "/usr/lib");

    private static final List<String> BINDING = List.of("javacpp/%s/libjnijavacpp.so", "cuda/%s/libjninvml.so");
    /** Keeps the JVM from running out of memory by a count that NVML's few structures have no part in, and from starting a thread to free them. */
    private static final Map<String, String> SETTINGS = Map.of(
            "org.bytedeco.javacpp.loadlibraries", "false",
            "org.bytedeco.javacpp.nopointergc", "true",
            "org.bytedeco.javacpp.maxbytes", "0",
            "org.bytedeco.javacpp.maxphysicalbytes", "0");

    private static final Object LOADING = new Object();
    private static boolean loaded;

    private NvmlLibrary() {}

    /** Where the driver's library is, as the dynamic linker would find it, or in a folder where it is known to lie. */
    public static Optional<Path> find() {
        String given = Optional.ofNullable(System.getenv("LD_LIBRARY_PATH")).orElse("");
        return Stream.of(
                        Stream.of(given.split(File.pathSeparator))
                                .filter(folder -> !folder.isEmpty())
                                .map(Path::of)
                                .map(folder -> folder.resolve(NAME)),
                        cached(LINKER_CACHE).stream(),
                        FOLDERS.stream().map(Path::of).map(folder -> folder.resolve(NAME)))
                .flatMap(paths -> paths)
                .filter(Files::exists)
                .findFirst();
    }

    /** The cache ends with the paths of all libraries, each closed by a zero. */
    static List<Path> cached(Path cache) {
        Matcher paths;
        try {
            paths = Pattern.compile("/[^\0]*/" + Pattern.quote(NAME) + "(?=\0)")
                    .matcher(new String(Files.readAllBytes(cache), ISO_8859_1));
        } catch (IOException noCache) {
            return List.of();
        }
        List<Path> found = new ArrayList<>();
        while (paths.find()) {
            Path path = Path.of(paths.group());
            if (isOfThisMachine(path)) {
                found.add(path);
            }
        }
        return found;
    }

    /** A 64-bit system may have the 32-bit library, too. */
    private static boolean isOfThisMachine(Path library) {
        return !library.toString().contains("i386") && !library.toString().contains("lib32");
    }

    /**
     * Loads everything; repeated calls do nothing.
     *
     * @param driver the driver's library
     * @throws CardFailure when it cannot be loaded
     */
    static void load(Path driver, Progress progress) throws CardFailure {
        progress.begin("loading " + driver);
        try {
            synchronized (LOADING) {
                if (!loaded) {
                    SETTINGS.forEach(System::setProperty);
                    System.load(driver.toAbsolutePath().toString());
                    for (String library : BINDING) {
                        loadUnpacked("/org/bytedeco/" + String.format(library, platform()));
                    }
                    loaded = true;
                }
            }
        } catch (UnsatisfiedLinkError | IOException e) {
            throw new CardFailure(Kind.UNUSABLE, "NVML cannot be used: " + e.getMessage(), e);
        }
        progress.end();
    }

    private static String platform() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT)
                + '-'
                + (System.getProperty("os.arch").equals("amd64") ? "x86_64" : System.getProperty("os.arch"));
    }

    /** What is loaded stays loaded when its file is gone, so nothing is left behind; a folder may forbid to run what lies there. */
    private static void loadUnpacked(String resource) throws IOException {
        UnsatisfiedLinkError refused = null;
        for (Path folder : temporaryFolders()) {
            Path file = null;
            try (InputStream library = Loader.class.getResourceAsStream(resource)) {
                if (library == null) {
                    throw new UnsatisfiedLinkError("the binding has nothing for " + platform());
                }
                file = Files.createTempFile(folder, "vedette", ".so");
                Files.copy(library, file, StandardCopyOption.REPLACE_EXISTING);
                System.load(file.toString());
                return;
            } catch (UnsatisfiedLinkError e) {
                refused = e;
            } catch (IOException e) {
                refused = new UnsatisfiedLinkError(folder + " cannot be written: " + e.getMessage());
            } finally {
                if (file != null) {
                    Files.deleteIfExists(file);
                }
            }
        }
        throw refused != null ? refused : new UnsatisfiedLinkError("there is no folder for temporary files");
    }

    private static List<Path> temporaryFolders() {
        return Stream.of(System.getProperty("java.io.tmpdir"), "/dev/shm", "/var/tmp", System.getProperty("user.home"))
                .map(Path::of)
                .distinct()
                .filter(Files::isDirectory)
                .toList();
    }

    /** Whether the loaded library has a function. */
    static boolean has(String function) {
        return Loader.addressof(function) != null;
    }
}
