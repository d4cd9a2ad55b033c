import { useEffect, useRef, useState } from 'preact/hooks';

/** A file, or a text, that somebody gives to the page. */
export interface GivenFile {
  readonly name: string;
  readonly blob: Blob;
}

/** Takes files that are dropped anywhere on the page. @returns whether some are held over it */
export function useDroppedFiles(onFiles: (files: readonly GivenFile[]) => void): boolean {
  const [isDropping, setDropping] = useState(false);
  const latest = useRef(onFiles);
  latest.current = onFiles;
  useEffect(() => {
    const over = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      // Else the browser opens the file in place of the page.
      event.preventDefault();
      setDropping(true);
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setDropping(false);
    };
    const drop = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      setDropping(false);
      latest.current(givenFiles(event.dataTransfer.files));
    };
    const listeners = { dragenter: over, dragover: over, dragleave: leave, drop };
    for (const [name, listener] of Object.entries(listeners)) addEventListener(name, listener as EventListener);
    return () => {
      for (const [name, listener] of Object.entries(listeners)) removeEventListener(name, listener as EventListener);
    };
  }, []);
  return isDropping;
}

/** The files of a list, as the session takes them. */
export function givenFiles(files: FileList | null): GivenFile[] {
  return Array.from(files ?? [], (file) => ({ name: file.name, blob: file }));
}

/** Has files that are dropped where nothing takes them do nothing: else the browser opens them in place of the page. */
export function useNoStrayFiles(): void {
  useEffect(() => {
    const refuse = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
    };
    addEventListener('dragover', refuse);
    addEventListener('drop', refuse);
    return () => {
      removeEventListener('dragover', refuse);
      removeEventListener('drop', refuse);
    };
  }, []);
}
