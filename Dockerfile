# The page in a container: without graphics card, not as root, writing to /tmp alone. docs/deploy.md
# says how to run it.
ARG PYTHON=3.11

FROM python:${PYTHON}-slim AS packages
# PyTorch's wheels for CPUs; those of PyPI bring gigabytes for graphics cards.
ARG TORCH_INDEX=https://download.pytorch.org/whl/cpu
WORKDIR /packages
COPY requirements.txt requirements-faces.txt ./
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --extra-index-url "${TORCH_INDEX}" \
        -r requirements.txt \
    && /venv/bin/pip install --no-cache-dir --no-deps -r requirements-faces.txt

FROM python:${PYTHON}-slim
# /models is for a volume: `-v models:/models -e HF_HOME=/models` keeps what comes from the Hub.
RUN useradd --uid 10001 --no-create-home --home-dir /tmp canvas \
    && install -d -o 10001 -g 10001 /models
COPY --from=packages /venv /venv
WORKDIR /app
COPY app.py LICENSE ./
COPY pix2pix pix2pix
COPY weights weights
# Here, since nobody can write there later.
RUN /venv/bin/python -m compileall -q app.py pix2pix
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    HOME=/tmp \
    TMPDIR=/tmp \
    GRADIO_TEMP_DIR=/tmp/gradio \
    HF_HOME=/tmp/huggingface \
    MPLCONFIGDIR=/tmp/matplotlib \
    GRADIO_SERVER_NAME=0.0.0.0 \
    GRADIO_SERVER_PORT=7860
USER 10001
EXPOSE 7860
# As the first process of the container, Python would ignore SIGTERM.
STOPSIGNAL SIGINT
# Past any proxy that the environment names.
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s CMD ["python", "-c", "import os, urllib.request as web; web.build_opener(web.ProxyHandler({})).open(f'http://127.0.0.1:{os.environ[\"GRADIO_SERVER_PORT\"]}/health', timeout=9)"]
ENTRYPOINT ["python", "app.py"]
