/// Names of modules that programs import, directly or by what they import: Python looks into the program's own folder
/// first, so a program that is called so would be taken for the module.
package enum PythonModules {
  package static let names = Set("\(own) \(installed)".split(whereSeparator: \.isWhitespace).map(String.init))

  /// Python's own (`sys.stdlib_module_names` of 3.11, and what came since).
  private static let own = """
    abc aifc annotationlib antigravity argparse array ast asynchat asyncio asyncore atexit audioop base64 bdb
    binascii bisect builtins bz2 calendar cgi cgitb chunk cmath cmd code codecs codeop collections colorsys
    compileall compression concurrent configparser contextlib contextvars copy copyreg cProfile crypt csv ctypes
    curses dataclasses datetime dbm decimal difflib dis distutils doctest email encodings ensurepip enum errno
    faulthandler fcntl filecmp fileinput fnmatch fractions ftplib functools gc genericpath getopt getpass gettext
    glob graphlib grp gzip hashlib heapq hmac html http idlelib imaplib imghdr imp importlib inspect io ipaddress
    itertools json keyword lib2to3 linecache locale logging lzma mailbox mailcap marshal math mimetypes mmap
    modulefinder msilib msvcrt multiprocessing netrc nis nntplib nt ntpath nturl2path numbers opcode operator
    optparse os ossaudiodev pathlib pdb pickle pickletools pipes pkgutil platform plistlib poplib posix posixpath
    pprint profile pstats pty pwd py_compile pyclbr pydoc pydoc_data pyexpat queue quopri random re readline reprlib
    resource rlcompleter runpy sched secrets select selectors shelve shlex shutil signal site smtpd smtplib sndhdr
    socket socketserver spwd sqlite3 sre_compile sre_constants sre_parse ssl stat statistics string stringprep
    struct subprocess sunau symtable sys sysconfig syslog tabnanny tarfile telnetlib tempfile termios textwrap this
    threading time timeit tkinter token tokenize tomllib trace traceback tracemalloc tty turtle turtledemo types
    typing unicodedata unittest urllib uu uuid venv warnings wave weakref webbrowser winreg winsound wsgiref xdrlib
    xml xmlrpc zipapp zipfile zipimport zlib zoneinfo
    """

  /// What NumPy, PyTorch 2.13, and Keras 3.15 on its backends import where it is installed.
  private static let installed = """
    absl astunparse attr certifi charset_normalizer cloudpickle cycler dateutil filelock flatbuffers fontTools
    fsspec functorch gast google grpc h5py idna jax jaxlib jinja2 joblib keras kiwisolver markdown markdown_it
    markupsafe matplotlib mdurl ml_dtypes mpl_toolkits mpmath namex narwhals networkx numpy openvino opt_einsum
    optree packaging pandas pasta PIL pkg_resources psutil pygments pyparsing requests rich safetensors scipy
    setuptools six sklearn sympy tblib tensorboard tensorflow termcolor threadpoolctl torch torchgen torchvision
    tqdm triton typing_extensions urllib3 wrapt yaml
    """
}
